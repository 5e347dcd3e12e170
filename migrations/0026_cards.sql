-- Cards: banks, couriers of one's own, and what makes entities, accounts and people found by their spelling.

-- Banks we meet: of our own accounts, by their own names.
create table bank (
    id uuid primary key,
    -- Stands in addresses: /banks/yongyu-bank
    code text not null constraint bank_code_key unique,
    name_zh text not null,
    name_en text not null,
    country char(2) not null,
    address text not null default '',
    bic text not null default '',
    search text not null,
    pinyin text not null default '',
    archived_at timestamptz,
    version int not null default 1
);
create index bank_pinyin on bank (pinyin, id);
create index bank_bic on bank (bic) where bic <> '';
select grant_app('select, insert, update', 'bank');

-- The card a bank was taken from; what a paper prints stays the account's own text.
alter table bank_account add column bank_card uuid references bank on delete restrict;
create index bank_account_bank_card on bank_account (bank_card);

-- Made at save by the house; '' until a row from before is saved again, and the list then looks in the names.
alter table bank_account add column search text not null default '';
alter table legal_entity add column search text not null default '';
alter table person add column search text not null default '';

-- Nine digits of the inspection registration 检验检疫.
alter table legal_entity add column ciq_code text not null default ''
    constraint legal_entity_ciq_code check (ciq_code ~ '^([0-9]{9})?$');

alter table person add column phone text not null default '';

-- Couriers become cards: the code stays what parcels carry.
alter table courier add column id uuid not null default gen_random_uuid() constraint courier_id_key unique;
alter table courier alter column id drop default;
alter table courier
    -- Whose numbers its numbers are checked as (base::codes::Carrier); '' where no form is known.
    add column form text not null default ''
        constraint courier_form check (form in ('', 'DHL', 'FEDEX', 'UPS', 'SF', 'EMS')),
    add column search text not null default '',
    add column archived_at timestamptz,
    add column version int not null default 1,
    add constraint courier_code check (code ~ '^[A-Z0-9]{1,12}$'),
    add constraint courier_tracking check (tracking = '' or (tracking ~ '^https?://' and strpos(tracking, '{number}') > 0));
create index courier_name on courier ((lower(name_en)), id);
update courier set form = code where code in ('DHL', 'FEDEX', 'UPS', 'SF', 'EMS');
-- As the same function makes them.
update courier set search = given.search from (values
    ('DHL', ' dhl express '),
    ('FEDEX', ' bang bangkuaidi bkd d di fedex kd kuaidi lbkd lianbangkuaidi 联邦快递 '),
    ('UPS', ' ups '),
    ('SF', ' express feng fengsuyun fsy sf sfsy shunfengsuyun suyun sy y yun 顺丰速运 '),
    ('EMS', ' ems yz youzheng z zheng 邮政 '),
    ('TNT', ' tnt '),
    ('ARAMEX', ' aramex '),
    ('YTO', ' d di express sd sudi tongsudi tsd yto ytsd yuantongsudi 圆通速递 '),
    ('ZTO', ' d di express kd kuaidi tkd tongkuaidi zhongtongkuaidi ztkd zto 中通快递 '),
    ('OTHER', ' other qita qt t ta 其他 ')
) as given (code, search) where given.code = courier.code;

-- A parcel may go by any courier of the catalog.
alter table parcel drop constraint parcel_courier;
alter table parcel add constraint parcel_courier check (courier ~ '^[A-Z0-9]{0,12}$');

-- What a currency shows and what amounts are rounded to are one figure.
alter table currency add constraint currency_decimals_are_minor_units check (decimals = minor_units(code::text));

-- A day's rate that is corrected says which one it corrects.
alter table exchange_rate add column version int not null default 1;
