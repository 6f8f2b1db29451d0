import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { type FileView, MEDIA_TYPES, type MediaType } from '../files.types';

/** A file; its content is at GET /v1/files/{fileId}. */
export class FileResponse {
  @ApiProperty({ description: '파일 ID / File id', example: 'fil_01KAJR38VNR81X7S9FZBZ4D62E' })
  fileId: string;

  @ApiProperty({ description: '이름 / Name', example: '사업자등록증.pdf' })
  name: string;

  @ApiProperty({
    enum: MEDIA_TYPES,
    description: '내용으로 판단한 형식 / Type, told by its content',
    example: 'application/pdf',
  })
  mediaType: MediaType;

  @ApiProperty({ description: '크기(바이트) / Size in bytes', example: 182_044 })
  bytes: number;

  @ApiProperty({
    description: '내용의 SHA-256(16진수) / SHA-256 of the content, hex',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  sha256: string;

  @ApiProperty({
    format: 'date-time',
    description: '올린 시각 / Uploaded at',
    example: '2026-11-21T15:04:05.000+09:00',
  })
  createdAt: string;

  static of({ fileId, name, mediaType, bytes, sha256, createdAt }: FileView): FileResponse {
    return { fileId, name, mediaType, bytes, sha256, createdAt: koreanTime(createdAt) };
  }
}
