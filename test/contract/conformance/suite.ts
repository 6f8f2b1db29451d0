import type { AcquirerPort } from '../../../src/acquirers/port/acquirer.port';
import { OutboundClient } from '../../../src/common/http/outbound-client';
import { Clock } from '../../../src/common/time/clock';
import { sandboxAddresses } from '../../support/sandbox-addresses';
import { abilityCases } from './cases/abilities';
import { abilityCallCases } from './cases/ability-calls';
import { cancelCases } from './cases/cancels';
import { cardCases } from './cases/cards';
import { declineCases } from './cases/declines';
import { duplicateCases } from './cases/duplicates';
import { faultCases } from './cases/faults';
import { successCases } from './cases/success';
import { recordCases } from './cases/records';
import { tamperingCases } from './cases/tampering';
import { virtualAccountCases } from './cases/virtual-accounts';
import { CHANNELS, type ChannelName } from './catalogue';
import type { ConformanceFixture } from './fixture';
import { adapterOf, Lab } from './lab';
import { channelsOf } from './payments';
import { Recorder } from './record';

/** What every group of cases is given. `lab` is there once the first test runs. */
export interface Bench {
  readonly fixture: ConformanceFixture;
  /** An adapter that is looked at and never called. */
  readonly adapter: AcquirerPort;
  readonly recorder: Recorder;
  readonly channels: readonly ChannelName[];
  readonly lab: Lab;
}

const SUITE_MS = 60_000;

/** The one suite that every adapter passes against the sandbox process of its acquirer. */
export function conformance(fixture: ConformanceFixture): void {
  jest.setTimeout(SUITE_MS);
  let lab: Lab | undefined;
  const recorder = new Recorder(fixture.name);
  const clock = new Clock();
  const parts = { http: new OutboundClient(clock), clock, addresses: sandboxAddresses(1) };
  const adapter = adapterOf(fixture, parts);
  const bench: Bench = {
    fixture,
    adapter,
    recorder,
    channels: channelsOf(adapter),
    get lab() {
      if (lab === undefined) throw new Error('the sandbox has not started');
      return lab;
    },
  };

  beforeAll(async () => {
    lab = await Lab.start(fixture);
  });
  afterEach(async () => {
    await lab?.control.clear();
  });
  afterAll(async () => {
    recorder.write();
    await lab?.stop();
  });

  describe(`${fixture.name}: capabilities`, () => abilityCases(bench));
  describe(`${fixture.name}: success`, () => successCases(bench));
  describe(`${fixture.name}: cards`, () => cardCases(bench));
  describe(`${fixture.name}: declines`, () => declineCases(bench));
  describe(`${fixture.name}: faults`, () => faultCases(bench));
  describe(`${fixture.name}: tampering`, () => tamperingCases(bench));
  describe(`${fixture.name}: duplicates`, () => duplicateCases(bench));
  describe(`${fixture.name}: cancels and inquiries`, () => cancelCases(bench));

  describe(`${fixture.name}: virtual accounts`, () => virtualAccountCases(bench));
  describe(`${fixture.name}: billing keys, receipts, lists`, () => recordCases(bench));
  describe(`${fixture.name}: other abilities`, () => abilityCallCases(bench));

  it('every case of the catalogue is tested or said not to apply', () => {
    expect(recorder.forgotten()).toEqual([]);
  });
}

/** Runs a group of cases for each channel that the adapter has, and says of the others that they do not apply. */
export function perChannel(
  { recorder, channels }: Bench,
  ids: readonly string[],
  declare: (channel: ChannelName) => void,
): void {
  for (const channel of CHANNELS) {
    if (channels.includes(channel)) declare(channel);
    else for (const id of ids) recorder.notApplicable(`${id}/${channel}`, noChannel(channel));
  }
}

export const noChannel = (channel: ChannelName) =>
  ({ 'key-in': 'no key-in approval', window: 'no payment window', billing: 'no billing keys' })[channel];
