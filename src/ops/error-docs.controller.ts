import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { fault } from '../common/errors/app-error';
import { COMMON_ERRORS } from '../common/errors/common.errors';
import { errorAdvice } from '../common/errors/error-advice';
import { ERROR_KINDS, type ErrorEntry } from '../common/errors/error-kinds';
import { Public } from '../common/http/decorators';
import { type Language, requestContext } from '../common/http/request-context';
import { ApiErrors } from '../common/openapi/api-errors';
import { AppConfig } from '../config/app-config';
import { cataloguedErrors } from '../error-catalogue';

const ENTRIES: ReadonlyMap<string, ErrorEntry> = new Map(
  cataloguedErrors().map(({ code, entry }) => [code, entry]),
);
const ALL_CODES: Readonly<Record<Language, string>> = { ko: '모든 오류 코드', en: 'All error codes' };
const { NOT_FOUND } = COMMON_ERRORS;

interface PageParts {
  readonly language: Language;
  /** HTML at the end of the page. */
  readonly more: readonly string[];
}

/** What the `type` of a problem answer points to. */
@ApiTags('Operations')
@Controller('docs/errors')
export class ErrorDocsController {
  constructor(private readonly config: AppConfig) {}

  @Get(':code')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('vary', 'Accept-Language')
  @ApiOperation({
    summary: '오류 코드 설명 / About an error code',
    description:
      '오류 응답의 type이 가리키는 페이지입니다. 선호하는 언어가 먼저 나옵니다.\n\nThe page to which the type of an error answer points, the preferred language first.',
  })
  @ApiParam({ name: 'code', description: '오류 코드 / Error code', example: 'VALIDATION_FAILED' })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: '설명 / The page', schema: { type: 'string' } })
  @ApiErrors({ NOT_FOUND })
  page(@Param('code') code: string): string {
    const entry = ENTRIES.get(code);
    if (entry === undefined) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    const language = requestContext()?.language ?? 'ko';
    // The list of all codes is a page of the reference, which is not served everywhere.
    const more = this.config.http.swagger
      ? [`<p><a href="/reference/errors?lang=${language}#${code}">${ALL_CODES[language]}</a></p>`]
      : [];
    return pageOf(code, entry, { language, more });
  }
}

/** Nothing in it comes from the caller but a code that is in the tables. */
function pageOf(code: string, entry: ErrorEntry, { language, more }: PageParts): string {
  const languages: readonly Language[] = language === 'ko' ? ['ko', 'en'] : ['en', 'ko'];
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${code}</title>`,
    `<main><h1>${code} <small>HTTP ${ERROR_KINDS[entry.kind]}</small></h1>`,
    ...languages.map((each) => section(code, entry, each)),
    ...more,
    '</main></html>',
    '',
  ].join('\n');
}

function section(code: string, entry: ErrorEntry, language: Language): string {
  const { title, detail } = entry[language];
  const lines = [detail, errorAdvice(code, entry, language)].map((line) => `<p>${escaped(line)}</p>`);
  return `<section lang="${language}"><h2>${escaped(title)}</h2>${lines.join('')}</section>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);
}
