/** An answer other than the approval: thrown from wherever it is found out. */
export class Refused extends Error {
  constructor(status, code, members = {}) {
    super(code);
    this.status = status;
    this.body = { type: `/docs/errors/${code}`, title: code, status, detail: code, code, ...members };
  }
}
