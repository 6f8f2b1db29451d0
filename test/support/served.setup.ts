/** These tests start programs and databases of their own, on machines that others may be loading at the same time. */
jest.setTimeout(120_000);
