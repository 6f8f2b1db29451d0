# __Name__: what its answers mean to us

Source: name the manual and its date here. **What is not listed is unknown, never declined.** What the manual does not
say is marked unconfirmed.

## Operations

| ours | theirs | key of the call |
|---|---|---|
| key-in approval | not written yet | |
| cancel | not written yet | |
| inquiry | not written yet | |

## Answers to an approval

| HTTP | body | outcome |
|---|---|---|
| 200 | our order number, amount and balance | approved |
| 200 | any of these changed | unknown |
| any other | whatever | unknown |
| no connection | | not sent |
| broken connection, time-out | | unknown |
