import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/http/decorators';
import { ServiceCodeListResponse, ServiceCodeResponse } from './dto/service-code.response';
import { ServiceCodes } from './service-codes.service';

@ApiTags('Service applications')
@Controller('v1/service-codes')
export class ServiceCodesController {
  constructor(private readonly codes: ServiceCodes) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: '서비스 코드 / Codes of the services',
    description:
      '신청할 수 있는 서비스와 수수료, 조건, 필요한 서류입니다.\n\nThe services that can be applied for, with fees, conditions and the papers that are needed.',
  })
  @ApiResponse({ status: 200, description: '서비스 코드 / The services', type: ServiceCodeListResponse })
  async list(): Promise<ServiceCodeListResponse> {
    return { data: (await this.codes.today()).map((service) => ServiceCodeResponse.of(service)) };
  }
}
