export interface Agency {
  readonly agencyCode: string;
  readonly name: string;
  readonly representative: string;
  readonly phone: string;
}
