import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Documents an answer that is a file of `common/export`; `csv` is an example of it. */
export const ApiExport = (csv: string) =>
  applyDecorators(
    ApiProduces('text/csv', XLSX),
    ApiOkResponse({
      description: '파일 / The file',
      content: {
        'text/csv': { schema: { type: 'string' }, example: csv },
        [XLSX]: { schema: { type: 'string', format: 'binary' }, example: 'PK (ZIP, ECMA-376)' },
      },
    }),
  );
