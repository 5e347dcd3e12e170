-- Parties: who we trade with, and who we are on paper.

create table customer (
    id uuid primary key,
    -- Stands in addresses: /customers/nordhavn-living
    code text not null constraint customer_code_key unique,
    name_en text not null,
    name_zh text not null default '',
    country char(2) not null,
    -- Lower-case names, pinyin and initials, made at save; what search looks in.
    search text not null,
    pinyin text not null default '',
    address_en text not null default '',
    address_zh text not null default '',
    consignee text not null default '',
    notify text not null default '',
    marks text not null default '',
    currency char(3) not null default 'USD',
    incoterm char(3) not null default 'FOB',
    place text not null default '',
    -- Code of the payment terms offered first (rules of proforma/terms).
    terms text not null default 'TT_30_70_COPY',
    paper_lang text not null default 'en' check (paper_lang in ('en', 'zh-CN')),
    -- Labels, tests, habits: shown as a pinned note on each of this customer's orders. Internal.
    requirements text not null default '',
    payer_aliases text[] not null default '{}',
    credit_limit numeric(18, 4) check (credit_limit >= 0),
    credit_currency char(3),
    salesperson uuid references person on delete restrict,
    archived_at timestamptz,
    version int not null default 1
);
create index customer_salesperson on customer (salesperson);
create index customer_name on customer ((lower(name_en)), id);
select grant_app('select, insert, update', 'customer');

create table factory (
    id uuid primary key,
    code text not null constraint factory_code_key unique,
    name_zh text not null,
    name_en text not null default '',
    search text not null,
    pinyin text not null default '',
    address text not null default '',
    products text not null default '',
    lead_days int check (lead_days between 0 and 400),
    tax_number text not null default '',
    invoice_name text not null default '',
    settlement text not null default '',
    archived_at timestamptz,
    version int not null default 1
);
create index factory_pinyin on factory (pinyin, id);
select grant_app('select, insert, update', 'factory');

-- Payees' bank accounts: finance changes them, the manager reads; apart from the factory so that no page of an
-- operator can show one by a forgotten column.
create table payee_account (
    id uuid primary key,
    factory uuid references factory on delete restrict,
    forwarder uuid,
    bank text not null,
    account text not null,
    holder text not null,
    currency char(3) not null default 'CNY',
    bic text not null default '',
    archived_at timestamptz,
    version int not null default 1
);
create index payee_account_factory on payee_account (factory);
create index payee_account_forwarder on payee_account (forwarder);
select grant_app('select, insert, update', 'payee_account');

create table forwarder (
    id uuid primary key,
    code text not null constraint forwarder_code_key unique,
    name_zh text not null,
    name_en text not null default '',
    search text not null,
    pinyin text not null default '',
    address text not null default '',
    lanes text not null default '',
    broker boolean not null default false,
    archived_at timestamptz,
    version int not null default 1
);
select grant_app('select, insert, update', 'forwarder');
alter table payee_account add foreign key (forwarder) references forwarder on delete restrict,
    add check (num_nonnulls(factory, forwarder) = 1);

create table contact (
    id uuid primary key,
    customer uuid references customer on delete restrict,
    factory uuid references factory on delete restrict,
    forwarder uuid references forwarder on delete restrict,
    name text not null,
    position text not null default '',
    email text not null default '',
    phone text not null default '',
    -- How this person is reached first.
    channel text not null default 'email' check (channel in ('wechat', 'email', 'phone', 'whatsapp', 'in_person')),
    handle text not null default '',
    lang text not null default 'en' check (lang in ('en', 'zh-CN')),
    archived_at timestamptz,
    version int not null default 1,
    check (num_nonnulls(customer, factory, forwarder) = 1)
);
create index contact_customer on contact (customer);
create index contact_factory on contact (factory);
create index contact_forwarder on contact (forwarder);
select grant_app('select, insert, update', 'contact');

-- Our legal entities: letterhead and the prefix of order numbers.
create table legal_entity (
    id uuid primary key,
    prefix text not null constraint legal_entity_prefix_key unique check (prefix ~ '^[A-Z]{1,6}$'),
    name_zh text not null,
    name_en text not null,
    address_zh text not null default '',
    address_en text not null default '',
    phone text not null default '',
    email text not null default '',
    credit_code text not null default '',
    customs_code text not null default '',
    archived_at timestamptz,
    version int not null default 1
);
select grant_app('select, insert, update', 'legal_entity');

-- Our own accounts, exactly as a proforma invoice prints them; chosen by name.
create table bank_account (
    id uuid primary key,
    entity uuid not null references legal_entity on delete restrict,
    name text not null constraint bank_account_name_key unique,
    currency char(3) not null,
    beneficiary text not null,
    bank text not null,
    bank_address text not null default '',
    bic text not null default '',
    account text not null,
    archived_at timestamptz,
    version int not null default 1
);
select grant_app('select, insert, update', 'bank_account');

-- Settings of the company, one row a key; the code knows each key, its type and its default.
create table setting (
    key text primary key,
    value jsonb not null,
    at timestamptz not null,
    person uuid references person on delete restrict,
    version int not null default 1
);
select grant_app('select, insert, update', 'setting');

-- Days that differ from Monday-to-Friday: holidays, and the weekend days made up for them. Published each year.
create table calendar_day (
    day date primary key,
    working boolean not null,
    note text not null default ''
);
select grant_app('select, insert, update, delete', 'calendar_day');
