import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/time/clock';
import { koreanDay } from '../../common/time/korean-time';
import type { DocumentKind, ServiceCode } from './service-applications.types';

interface Row {
  readonly code: string;
  readonly effective_from: string;
  readonly name_ko: string;
  readonly name_en: string;
  readonly conditions_ko: string;
  readonly conditions_en: string;
  readonly rate_ppm: number | null;
  readonly fixed_fee: number | null;
  readonly documents: string;
}

/** The catalogue of services. */
@Injectable()
export class ServiceCodes {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What can be applied for today. A few dozen rows at most. */
  async today(): Promise<ServiceCode[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT s.*, DATE_FORMAT(s.effective_from, '%Y-%m-%d') AS effective_from FROM service_codes s
        WHERE s.available = 1 AND s.effective_from = (
          SELECT MAX(l.effective_from) FROM service_codes l WHERE l.code = s.code AND l.effective_from <= ?)
        ORDER BY s.position, s.code`,
      [koreanDay(this.clock.now())],
    );
    return rows.map((row) => ({
      code: row.code,
      name: { ko: row.name_ko, en: row.name_en },
      conditions: { ko: row.conditions_ko, en: row.conditions_en },
      ratePpm: row.rate_ppm === null ? null : Number(row.rate_ppm),
      fixedFee: row.fixed_fee === null ? null : Number(row.fixed_fee),
      documents: (row.documents === '' ? [] : row.documents.split(',')) as DocumentKind[],
      effectiveFrom: row.effective_from,
    }));
  }
}
