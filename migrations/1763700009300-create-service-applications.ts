import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files, the catalogue of services, service applications with their history, and merchants' settlement accounts.
 * Locks: new tables, whose foreign keys take a short metadata lock on members, merchants, agencies and sellers; merchants
 * gets a nullable column at its end, which InnoDB adds in place, and a foreign key on it.
 */
export class CreateServiceApplications1763700009300 implements MigrationInterface {
  readonly name = 'CreateServiceApplications1763700009300';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    for (const action of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER service_application_events_no_${action.toLowerCase()} BEFORE ${action}
         ON service_application_events FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'APPEND_ONLY'`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const KEY = 'CHARACTER SET ascii COLLATE ascii_bin';
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

const FILES = `
CREATE TABLE files (
  id VARCHAR(30) ${KEY} NOT NULL,
  uploaded_by VARCHAR(30) ${KEY} NOT NULL,
  name VARCHAR(200) NOT NULL,
  media_type VARCHAR(40) ${KEY} NOT NULL,
  bytes INT UNSIGNED NOT NULL,
  sha256 BINARY(32) NOT NULL,
  storage VARCHAR(10) ${KEY} NOT NULL,
  storage_key VARCHAR(60) ${KEY} NOT NULL,
  state VARCHAR(10) ${KEY} NOT NULL,
  owner_kind VARCHAR(30) ${KEY} NULL,
  owner_id VARCHAR(30) ${KEY} NULL,
  remove_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY ix_files_uploaded_by (uploaded_by, state),
  KEY ix_files_owner (owner_kind, owner_id, id),
  KEY ix_files_remove_at (remove_at),
  CONSTRAINT fk_files_uploaded_by FOREIGN KEY (uploaded_by) REFERENCES members (id),
  CONSTRAINT ck_files_media_type CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
  CONSTRAINT ck_files_storage CHECK (storage IN ('folder', 's3')),
  CONSTRAINT ck_files_state CHECK (
    (state IN ('STORING', 'STORED', 'REMOVING') AND owner_kind IS NULL AND owner_id IS NULL AND remove_at IS NOT NULL)
    OR (state = 'ATTACHED' AND owner_kind IS NOT NULL AND owner_id IS NOT NULL AND remove_at IS NULL))
) ${OPTIONS}`;

/** Effective-dated: the latest row of a code that has begun holds. Rates are what tier GENERAL pays; lower tiers pay less. */
const SERVICE_CODES = `
CREATE TABLE service_codes (
  code VARCHAR(20) ${KEY} NOT NULL,
  effective_from DATE NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  name_ko VARCHAR(60) NOT NULL,
  name_en VARCHAR(60) NOT NULL,
  conditions_ko VARCHAR(300) NOT NULL,
  conditions_en VARCHAR(300) NOT NULL,
  rate_ppm INT UNSIGNED NULL,
  fixed_fee INT UNSIGNED NULL,
  documents VARCHAR(200) ${KEY} NOT NULL,
  available TINYINT(1) NOT NULL,
  PRIMARY KEY (code, effective_from),
  CONSTRAINT ck_service_codes_rate CHECK (rate_ppm IS NULL OR rate_ppm <= 1000000),
  CONSTRAINT ck_service_codes_available CHECK (available IN (0, 1))
) ${OPTIONS}`;

const BASIC = 'BUSINESS_LICENSE,BANKBOOK,ID_CARD';
type Service = readonly [
  code: string,
  ko: string,
  en: string,
  rate: number | null,
  fixed: number | null,
  string,
  string,
];
const CATALOGUE: readonly Service[] = [
  [
    'CARD',
    '카드 결제',
    'Card payments',
    34_000,
    0,
    '연 매출에 따라 우대 수수료율이 적용됩니다.',
    'Lower rates by yearly sales.',
  ],
  [
    'SMS',
    'SMS 결제',
    'Payments by SMS',
    34_000,
    0,
    '카드 결제의 수수료율과 같습니다.',
    'At the rates of card payments.',
  ],
  [
    'BILLING',
    '정기 결제(빌링키)',
    'Billing keys and subscriptions',
    34_000,
    0,
    '카드 결제의 수수료율과 같습니다. 약관에 정기 결제 고지가 필요합니다.',
    'At the rates of card payments. Your terms must tell of recurring charges.',
  ],
  [
    'CHECKOUT',
    '결제창',
    'Payment window',
    34_000,
    0,
    '카드와 간편결제를 결제창으로 받습니다.',
    'Cards and wallets in the acquirer’s window.',
  ],
  [
    'VIRTUAL_ACCOUNT',
    '가상계좌',
    'Virtual accounts',
    0,
    300,
    '입금 건마다 정액입니다.',
    'A fixed fee for each deposit.',
  ],
  [
    'TRANSFER',
    '계좌이체',
    'Bank transfers',
    18_000,
    0,
    '건당 최저 200원입니다.',
    '200 won at least for each.',
  ],
  [
    'CASH_RECEIPT',
    '현금영수증',
    'Cash receipts',
    0,
    0,
    '발급 수수료가 없습니다. 원천사나 팝빌 계약이 필요합니다.',
    'Free. Needs a contract with who issues them.',
  ],
  [
    'POINTS',
    '포인트',
    'Points',
    0,
    0,
    '결제와 함께 쓰는 적립금입니다.',
    'Points used together with payments.',
  ],
];
const SERVICE_CODE_ROWS = `
INSERT INTO service_codes (position, code, effective_from, name_ko, name_en, rate_ppm, fixed_fee, conditions_ko,
  conditions_en, documents, available) VALUES ${CATALOGUE.map(
    ([code, ko, en, rate, fixed, conditionsKo, conditionsEn], index) =>
      `(${index + 1}, '${code}', '2025-01-01', '${ko}', '${en}', ${rate}, ${fixed}, '${conditionsKo}', '${conditionsEn}',
        '${BASIC}', 1)`,
  ).join(', ')}`;

/** A draft may lack anything; \`open_key\` is set while an application waits for a decision, and is single then. */
const APPLICATIONS = `
CREATE TABLE service_applications (
  id VARCHAR(30) ${KEY} NOT NULL,
  member_id VARCHAR(30) ${KEY} NOT NULL,
  kind VARCHAR(20) ${KEY} NOT NULL,
  mid VARCHAR(16) ${KEY} NULL,
  reserved_mid VARCHAR(16) ${KEY} NULL,
  status VARCHAR(20) ${KEY} NOT NULL,
  version INT UNSIGNED NOT NULL,
  services VARCHAR(200) ${KEY} NOT NULL,
  business_number CHAR(10) ${KEY} NULL,
  corporate_number CHAR(13) ${KEY} NULL,
  company_name VARCHAR(100) NULL,
  representative VARCHAR(60) NULL,
  address VARCHAR(200) NULL,
  phone VARCHAR(20) ${KEY} NULL,
  email VARCHAR(254) ${KEY} NULL,
  yearly_sales BIGINT NULL,
  tier VARCHAR(10) ${KEY} NULL,
  bank_code CHAR(3) ${KEY} NULL,
  account_sealed VARBINARY(100) NULL,
  account_masked VARCHAR(20) ${KEY} NULL,
  holder_name VARCHAR(60) NULL,
  holder_check VARCHAR(10) ${KEY} NULL,
  agency_code VARCHAR(20) ${KEY} NULL,
  seller_code VARCHAR(20) ${KEY} NULL,
  documents VARCHAR(2000) ${KEY} NOT NULL,
  reason VARCHAR(500) NULL,
  requested_fields VARCHAR(500) ${KEY} NULL,
  open_key VARCHAR(230) ${KEY} NULL,
  keys_sealed VARBINARY(1000) NULL,
  keys_taken_by BINARY(32) NULL,
  keys_gone_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  submitted_at DATETIME(3) NULL,
  decided_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uq_service_applications_open (open_key),
  UNIQUE KEY uq_service_applications_reserved (reserved_mid),
  KEY ix_service_applications_member (member_id, id),
  KEY ix_service_applications_member_status (member_id, status, id),
  KEY ix_service_applications_mid (mid, id),
  KEY ix_service_applications_mid_status (mid, status, id),
  KEY ix_service_applications_status (status, id),
  KEY ix_service_applications_agency (agency_code, id),
  KEY ix_service_applications_agency_status (agency_code, status, id),
  KEY ix_service_applications_business (business_number, id),
  KEY ix_service_applications_name (company_name, id),
  KEY ix_service_applications_status_name (status, company_name, id),
  KEY ix_service_applications_agency_name (agency_code, company_name, id),
  KEY ix_service_applications_agency_status_name (agency_code, status, company_name, id),
  KEY ix_service_applications_keys_gone (keys_gone_at),
  CONSTRAINT fk_service_applications_member FOREIGN KEY (member_id) REFERENCES members (id),
  CONSTRAINT fk_service_applications_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT fk_service_applications_agency FOREIGN KEY (agency_code) REFERENCES agencies (code),
  CONSTRAINT fk_service_applications_seller FOREIGN KEY (seller_code) REFERENCES sellers (code),
  CONSTRAINT ck_service_applications_kind CHECK (kind IN ('NEW_MERCHANT', 'MORE_SERVICES')),
  CONSTRAINT ck_service_applications_status CHECK (
    status IN ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT ck_service_applications_open CHECK (
    (open_key IS NOT NULL) = (status IN ('SUBMITTED', 'CHANGES_REQUESTED'))),
  CONSTRAINT ck_service_applications_approved CHECK (status <> 'APPROVED' OR mid IS NOT NULL),
  CONSTRAINT ck_service_applications_holder CHECK (holder_check IN ('MATCHED', 'DIFFERENT', 'UNCHECKED')),
  CONSTRAINT ck_service_applications_tier CHECK (
    tier IN ('SMALL', 'MEDIUM_1', 'MEDIUM_2', 'MEDIUM_3', 'GENERAL'))
) ${OPTIONS}`;

const APPLICATION_EVENTS = `
CREATE TABLE service_application_events (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  application_id VARCHAR(30) ${KEY} NOT NULL,
  from_status VARCHAR(20) ${KEY} NULL,
  to_status VARCHAR(20) ${KEY} NOT NULL,
  actor VARCHAR(80) ${KEY} NOT NULL,
  reason VARCHAR(500) NULL,
  fields VARCHAR(500) ${KEY} NULL,
  occurred_at DATETIME(3) NOT NULL,
  PRIMARY KEY (seq),
  KEY ix_service_application_events_application (application_id, seq),
  CONSTRAINT fk_service_application_events_application FOREIGN KEY (application_id) REFERENCES service_applications (id)
) ${OPTIONS}`;

const MERCHANT_ACCOUNTS = `
CREATE TABLE merchant_accounts (
  mid VARCHAR(16) ${KEY} NOT NULL,
  bank_code CHAR(3) ${KEY} NOT NULL,
  account_sealed VARBINARY(100) NOT NULL,
  account_masked VARCHAR(20) ${KEY} NOT NULL,
  holder_name VARCHAR(60) NOT NULL,
  holder_check VARCHAR(10) ${KEY} NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (mid),
  CONSTRAINT fk_merchant_accounts_mid FOREIGN KEY (mid) REFERENCES merchants (mid),
  CONSTRAINT ck_merchant_accounts_holder CHECK (holder_check IN ('MATCHED', 'DIFFERENT', 'UNCHECKED'))
) ${OPTIONS}`;

const MERCHANT_SERVICES = `
CREATE TABLE merchant_services (
  mid VARCHAR(16) ${KEY} NOT NULL,
  service_code VARCHAR(20) ${KEY} NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (mid, service_code),
  CONSTRAINT fk_merchant_services_mid FOREIGN KEY (mid) REFERENCES merchants (mid)
) ${OPTIONS}`;

/** The first 1000 numbers are left to merchants that were made by hand or for a demonstration. */
const MERCHANT_NUMBERS = `
CREATE TABLE merchant_numbers (
  id TINYINT UNSIGNED NOT NULL,
  last_number INT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT ck_merchant_numbers_single CHECK (id = 1)
) ${OPTIONS}`;

const STATEMENTS = [
  FILES,
  SERVICE_CODES,
  SERVICE_CODE_ROWS,
  APPLICATIONS,
  APPLICATION_EVENTS,
  MERCHANT_ACCOUNTS,
  MERCHANT_SERVICES,
  MERCHANT_NUMBERS,
  'INSERT INTO merchant_numbers (id, last_number) VALUES (1, 1000)',
  `ALTER TABLE merchants ADD COLUMN seller_code VARCHAR(20) ${KEY} NULL,
     ADD CONSTRAINT fk_merchants_seller_code FOREIGN KEY (seller_code) REFERENCES sellers (code)`,
];
