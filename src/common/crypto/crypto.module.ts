import { Global, Module } from '@nestjs/common';
import { BlindIndex } from './blind-index';
import { DataKeyStore, SqlDataKeyStore } from './data-key.store';
import { KeyRing } from './key-ring';
import { Sealer } from './sealer';

@Global()
@Module({
  providers: [{ provide: DataKeyStore, useClass: SqlDataKeyStore }, KeyRing, Sealer, BlindIndex],
  exports: [KeyRing, Sealer, BlindIndex],
})
export class CryptoModule {}
