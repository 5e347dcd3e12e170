-- Orders: the file, its lines, its nine steps, what stands open, its files and its relays.

create table order_counter (
    entity uuid not null references legal_entity on delete restrict,
    year int not null,
    last int not null,
    primary key (entity, year)
);
select grant_app('select, insert, update', 'order_counter');

create table export_order (
    id uuid primary key,
    number text not null constraint export_order_number_key unique,
    entity uuid not null references legal_entity on delete restrict,
    department uuid not null references department on delete restrict,
    salesperson uuid not null references person on delete restrict,
    operator uuid not null references person on delete restrict,
    customer uuid not null references customer on delete restrict,
    title text not null,
    -- The customer's own order number; arrives at step 3.
    customer_reference text not null default '',
    currency char(3) not null,
    incoterm char(3) not null,
    place text not null default '',
    terms text not null,
    -- More-or-less 溢短装, percent either way.
    tolerance numeric(5, 2) not null default 0 check (tolerance between 0 and 30),
    delivery_on date,
    packing text not null default '',
    marks text not null default '',
    repeat_of uuid references export_order on delete restrict,
    -- The order whose lines it took over, so that both lead to each other.
    split_of uuid references export_order on delete restrict,
    step smallint not null default 1 check (step between 1 and 9),
    condition text not null default 'open'
        check (condition in ('open', 'on_hold', 'cancelling', 'cancelled', 'dropped', 'closed')),
    held_until date,
    condition_reason text not null default '',
    -- What the list shows without asking the desks: worst open item of this order, rewritten by every act.
    waiting text,
    next_kind text,
    next_due timestamptz,
    problem boolean not null default false,
    opened_at timestamptz not null,
    version int not null default 1,
    -- Lines are edited as one sheet; they have a version of their own.
    lines_version int not null default 1,
    check ((condition = 'on_hold') = (held_until is not null))
) with (fillfactor = 90);
create index export_order_newest on export_order (opened_at desc, id desc);
create index export_order_step on export_order (step, opened_at desc, id desc);
create index export_order_customer on export_order (customer);
create index export_order_operator on export_order (operator) where condition in ('open', 'on_hold', 'cancelling');
create index export_order_salesperson on export_order (salesperson) where condition in ('open', 'on_hold', 'cancelling');
select grant_app('select, insert, update', 'export_order');

-- May this reader know this order? Everything (finance), the departments she works in or leads, or herself.
create function order_in_reach(everything boolean, departments uuid[], person uuid, department uuid, salesperson uuid, operator uuid)
returns boolean language sql immutable as $$
    select everything or department = any(departments) or salesperson = person or operator = person
$$;

create table order_line (
    order_id uuid not null references export_order on delete restrict,
    pos int not null check (pos > 0),
    -- Stays when lines move: samples, production and shipments point here.
    id uuid not null constraint order_line_id_key unique,
    item_no text not null default '',
    description_en text not null default '',
    description_zh text not null default '',
    colour text not null default '',
    -- [{"size": "M", "quantity": "120"}]; the sum is the quantity.
    sizes jsonb not null default '[]',
    quantity numeric(18, 4) not null check (quantity > 0),
    unit text not null,
    unit_price numeric(18, 6) check (unit_price >= 0),
    factory uuid references factory on delete restrict,
    -- Incl. VAT, CNY; never shown to salesperson or customer.
    factory_price numeric(18, 6) check (factory_price >= 0),
    hs_code text not null default '',
    cartons int check (cartons >= 0),
    gross_kg numeric(12, 3) check (gross_kg >= 0),
    net_kg numeric(12, 3) check (net_kg >= 0),
    cbm numeric(12, 3) check (cbm >= 0),
    delivery_on date,
    remark text not null default '',
    -- What the customer no longer takes of this line 短溢结: nothing of it is owed, made or shipped any more.
    short_closed numeric(18, 4) not null default 0,
    constraint order_line_short_closed check (short_closed between 0 and quantity),
    -- Deferrable, because two lines that change places hold one place between them for a moment.
    primary key (order_id, pos) deferrable initially immediate
);
select grant_app('select, insert, update, delete', 'order_line');

-- Free text with the label that says who may read it.
create table order_remark (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    audience text not null check (audience in ('internal', 'factory', 'customer', 'forwarder')),
    text text not null,
    at timestamptz not null,
    person uuid references person on delete restrict
);
create index order_remark_order on order_remark (order_id, at);
select grant_app('select, insert', 'order_remark');

-- A step that is done or skipped: the latch. Only a reopening takes the row away.
create table order_latch (
    order_id uuid not null references export_order on delete restrict,
    step smallint not null check (step between 1 and 9),
    outcome text not null check (outcome in ('done', 'skipped')),
    at timestamptz not null,
    person uuid references person on delete restrict,
    reason text not null default '',
    primary key (order_id, step)
);
select grant_app('select, insert, update, delete', 'order_latch');

-- Every move of the main line; time in step and lateness are read here.
create table order_step (
    order_id uuid not null references export_order on delete restrict,
    at timestamptz not null,
    from_step smallint not null,
    to_step smallint not null,
    act uuid not null,
    person uuid references person on delete restrict,
    primary key (order_id, act)
);
select grant_app('select, insert', 'order_step');

-- What stands open, one row a thing; replaced at the end of every act by what the pure functions say.
create table open_item (
    order_id uuid not null references export_order on delete restrict,
    step smallint not null check (step between 1 and 9),
    kind text not null,
    -- Which paper or line it is about; '' when the order itself.
    subject text not null default '',
    -- Whose move it is.
    waiting text not null check (waiting in ('us', 'customer', 'factory', 'forwarder', 'manager', 'finance', 'bank', 'tax_office')),
    -- The colleague who sees it in her list: does it herself, or chases.
    owner uuid not null references person on delete restrict,
    args jsonb not null default '{}',
    since timestamptz not null,
    due_at timestamptz not null,
    problem boolean not null default false,
    primary key (order_id, kind, subject)
);
create index open_item_owner on open_item (owner, due_at);
create index open_item_waiting on open_item (waiting, due_at);
select grant_app('select, insert, update, delete', 'open_item');

-- Text that search looks in, and its pairs of letters: two Chinese characters cannot be found by trigrams.
create table order_search (
    order_id uuid primary key references export_order on delete cascade,
    text text not null,
    grams text[] not null
);
create index order_search_grams on order_search using gin (grams) with (fastupdate = off);
select grant_app('select, insert, update', 'order_search');

-- Files lie outside the database under their hash; this is the truth about them.
create table stored_file (
    id uuid primary key,
    order_id uuid references export_order on delete restrict,
    kind text not null,
    name text not null,
    media text not null,
    size bigint not null check (size >= 0),
    sha256 bytea not null,
    audience text not null check (audience in ('internal', 'factory', 'customer', 'forwarder')),
    source text not null check (source in ('uploaded', 'made')),
    at timestamptz not null,
    person uuid references person on delete restrict
);
create index stored_file_order on stored_file (order_id, at);
create index stored_file_sha256 on stored_file (sha256);
select grant_app('select, insert, update', 'stored_file');

-- The register of issued papers: what was printed where, so that a change knows which paper it makes stale.
create table issued_paper (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    kind text not null,
    number text not null,
    revision int not null,
    -- Printed fields as paths with their values: {"terms.place": "NINGBO"}
    fields jsonb not null,
    issued_at timestamptz not null,
    person uuid references person on delete restrict,
    superseded_at timestamptz,
    stale_since timestamptz,
    stale_by text,
    constraint issued_paper_key unique (order_id, kind, number, revision)
);
select grant_app('select, insert, update', 'issued_paper');

-- A customer's sheet on its way to becoming an order: which file, how its columns are read, what was answered. The
-- sheet is read again from its bytes each time, so a better reader serves old sheets too. Draws no number.
create table order_intake (
    id uuid primary key,
    person uuid not null references person on delete restrict,
    customer uuid not null references customer on delete restrict,
    order_id uuid references export_order on delete restrict,
    file uuid not null references stored_file on delete restrict,
    -- Null until a column was mapped by hand: guessed from the words, or remembered from this customer's last sheet.
    mapping jsonb,
    -- Cells put right by hand, by their place: {"E7": "6.40"}
    answers jsonb not null default '{}',
    at timestamptz not null,
    version int not null default 1
);
create index order_intake_person on order_intake (person, at desc);
select grant_app('select, insert, update', 'order_intake');

-- How this customer's sheets are read: the mapping of the last one that became an order.
create table customer_mapping (
    customer uuid primary key references customer on delete restrict,
    mapping jsonb not null,
    at timestamptz not null
);
select grant_app('select, insert, update', 'customer_mapping');

-- The bridge 传达: what one side owes the other.
create table relay (
    id uuid primary key,
    order_id uuid not null references export_order on delete restrict,
    number int not null,
    step smallint not null check (step between 1 and 9),
    -- Which rule made it (tracking number, verdict, slip …); null when somebody pasted it in.
    kind text,
    -- The thing it speaks of, so that one fact makes one relay.
    subject_key text not null default '',
    from_side text not null check (from_side in ('us', 'customer', 'factory', 'forwarder')),
    subject text not null,
    -- The other side's own words, in their own language, never changed.
    words text not null,
    words_lang text not null default 'zh-CN',
    urgent boolean not null default false,
    answer_asked boolean not null default false,
    heard_at timestamptz not null,
    heard_channel text not null default '',
    person uuid references person on delete restrict,
    due_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_reason text not null default '',
    version int not null default 1,
    constraint relay_number_key unique (order_id, number)
);
create unique index relay_one_fact on relay (order_id, kind, subject_key) where kind is not null and withdrawn_at is null;
select grant_app('select, insert, update', 'relay');

create table relay_line (
    relay uuid not null references relay on delete restrict,
    line int not null check (line > 0),
    text text not null,
    primary key (relay, line)
);
select grant_app('select, insert', 'relay_line');

create table relay_file (
    relay uuid not null references relay on delete restrict,
    file uuid not null references stored_file on delete restrict,
    primary key (relay, file)
);
select grant_app('select, insert', 'relay_file');

-- One row per line and addressee: passed on, seen, acknowledged, answered.
create table relay_receipt (
    relay uuid not null,
    line int not null,
    to_side text not null check (to_side in ('us', 'customer', 'factory', 'forwarder')),
    -- Which factory or forwarder, where the order has several.
    party uuid,
    passed_at timestamptz,
    passed_channel text not null default '',
    passed_by uuid references person on delete restrict,
    seen_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text not null default '',
    answered_at timestamptz,
    answer text not null default '',
    primary key (relay, line, to_side),
    foreign key (relay, line) references relay_line on delete restrict,
    check (acknowledged_at is null or passed_at is not null)
);
create index relay_receipt_owed on relay_receipt (relay) where passed_at is null;
select grant_app('select, insert, update', 'relay_receipt');
