import { Controller, Get, Param, Post, Req, Res, StreamableFile, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import {
  type AuthenticatedRequest,
  CurrentPrincipal,
  MemberRoles,
  Public,
  TakesPrincipal,
} from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { FileResponse } from './dto/file.response';
import { attachmentOf } from './file-content.policy';
import { FILES_ERRORS } from './files.errors';
import { MEDIA_TYPES } from './files.types';
import { UploadGuard, type UploadRequest } from './upload.guard';
import { ReadFile } from './use-cases/read-file';
import { StoreUpload } from './use-cases/store-upload';

/** Somebody else's content: it may be saved, and never runs or is framed under our name. */
const CONTENT_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

@ApiTags('Files')
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly storing: StoreUpload,
    private readonly reading: ReadFile,
  ) {}

  @Post()
  @ApiBearerAuth()
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @UseGuards(UploadGuard)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiConsumes('multipart/form-data')
  @ApiOperation({
    summary: '파일 올리기 / Upload a file',
    description:
      'PDF, PNG, JPEG 하나를 10 MiB까지 받습니다. 신청서나 공지에 붙이지 않은 파일은 하루 뒤 지워집니다.\n\nTakes one PDF, PNG or JPEG of 10 MiB at most. A file that is not used in an application or a notice is removed after a day.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary', description: '파일 / The file' } },
      example: { file: '(binary)' },
    },
  })
  @ApiResponse({ status: 201, description: '올린 파일 / The file', type: FileResponse })
  @ApiErrors(
    FILES_ERRORS,
    'FILE_EMPTY',
    'UPLOAD_INCOMPLETE',
    'FILE_TOO_LARGE',
    'FILE_TYPE_NOT_ALLOWED',
    'FILE_LIMIT',
    'FILE_STORAGE_UNAVAILABLE',
  )
  async upload(
    @Req() { upload }: UploadRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<FileResponse> {
    if (principal.kind !== 'MEMBER' || upload === undefined) throw fault(COMMON_ERRORS, 'FORBIDDEN');
    return FileResponse.of(await this.storing.run(principal.memberId, upload));
  }

  @Get(':fileId')
  @Public()
  @TakesPrincipal()
  @ApiOperation({
    summary: '파일 받기 / Download a file',
    description:
      '올린 회원, 파일이 붙은 신청서나 공지를 볼 수 있는 회원, 운영자가 받습니다. 공개된 공지의 파일은 로그인 없이도 받습니다.\n\nFor its uploader, for whoever may see the application or notice that it belongs to, and for operators. Files of public notices need no login.',
  })
  @ApiParam({ name: 'fileId', description: '파일 ID / File id', example: 'fil_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiProduces(...MEDIA_TYPES)
  @ApiResponse({
    status: 200,
    description: '파일의 내용 / The content',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiErrors(FILES_ERRORS, 'FILE_NOT_FOUND', 'FILE_STORAGE_UNAVAILABLE')
  @ApiErrors(COMMON_ERRORS, 'UNAUTHENTICATED')
  async download(
    @Param('fileId') fileId: string,
    @Req() { principal }: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { file, content } = await this.reading.open(principal ?? null, fileId);
    void reply
      .header('content-security-policy', CONTENT_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store');
    const { mediaType, bytes, name } = file;
    return new StreamableFile(content, { type: mediaType, length: bytes, disposition: attachmentOf(name) });
  }
}
