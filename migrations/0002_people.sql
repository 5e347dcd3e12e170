-- People: departments, staff, deputies, sessions, one-time links.

create table department (
    id uuid primary key,
    name_zh text not null constraint department_name_zh_key unique,
    name_en text not null constraint department_name_en_key unique,
    version int not null default 1
);
select grant_app('select, insert, update', 'department');

create table person (
    id uuid primary key,
    email text not null constraint person_email_key unique check (email = lower(email)),
    name_zh text not null,
    name_en text not null,
    roles text[] not null check (roles <@ array['salesperson', 'order_operator', 'manager', 'finance', 'admin']),
    department uuid references department on delete restrict,
    lang text not null default 'zh-CN' check (lang in ('zh-CN', 'en')),
    theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
    density text not null default 'normal' check (density in ('compact', 'normal', 'roomy')),
    shortcuts boolean not null default true,
    -- invited: has a link but no password yet.
    status text not null check (status in ('invited', 'active', 'disabled')),
    password_hash text,
    created_at timestamptz not null,
    version int not null default 1,
    check (status <> 'active' or password_hash is not null)
);
select grant_app('select, insert, update', 'person');

create table department_lead (
    department uuid not null references department on delete restrict,
    person uuid not null references person on delete restrict,
    -- 2: also gives the second yes that large amounts or thin margins ask for (the general manager).
    level smallint not null default 1 check (level in (1, 2)),
    primary key (department, person)
);
create index department_lead_person on department_lead (person);
select grant_app('select, insert, update, delete', 'department_lead');

-- Deputy 代理人: decides for an absent manager between two days (both included, in the company's zone).
create table deputy (
    id uuid primary key,
    absent uuid not null references person on delete restrict,
    deputy uuid not null references person on delete restrict,
    from_day date not null,
    until_day date not null,
    withdrawn_at timestamptz,
    check (absent <> deputy),
    check (from_day <= until_day),
    -- Two deputies at once for one manager would make it a matter of luck who decides.
    constraint deputy_period_excl exclude using gist
        (absent with =, daterange(from_day, until_day, '[]') with &&) where (withdrawn_at is null)
);
select grant_app('select, insert, update', 'deputy');

create table session (
    -- SHA-256 of the cookie: who reads the database cannot sign in with what is here.
    token_hash bytea primary key,
    person uuid not null references person on delete restrict,
    created_at timestamptz not null,
    last_seen timestamptz not null,
    address text not null,
    agent text not null
);
create index session_person on session (person);
select grant_app('select, insert, update, delete', 'session');

-- Wrong passwords, by account and by address; in the database so that several replicas count together.
create table sign_in_failure (
    subject text primary key,
    failures int not null,
    last_at timestamptz not null
);
select grant_app('select, insert, update, delete', 'sign_in_failure');

-- Invitations, password resets and the first administrator's set-up code.
create table one_time_link (
    token_hash bytea primary key,
    purpose text not null check (purpose in ('set_up', 'invite', 'reset')),
    person uuid references person on delete restrict,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    check ((purpose = 'set_up') = (person is null))
);
select grant_app('select, insert, update', 'one_time_link');
