-- Ground floor: privileges, the journal of acts (events, form keys) and the job queue.

create extension if not exists btree_gist;

-- The application's own role has only what each table needs; migrations run as the owner. Where a server has no such
-- role (one connection string for everything) the grants are skipped and `check-config` says what is weaker.
create function grant_app(privileges text, tables text) returns void language plpgsql as $$
begin
    if exists (select from pg_roles where rolname = 'gendan_app') then
        execute format('grant %s on %s to gendan_app', privileges, tables);
    end if;
end $$;

-- One row per chain of events: an order, a customer, a user. `last_seq` here lets `verify` notice a tail cut off.
create table event_stream (
    stream text primary key,
    last_seq bigint not null,
    last_hash bytea not null
);
select grant_app('select', 'event_stream');

create table event (
    stream text not null references event_stream,
    seq bigint not null,
    at timestamptz not null,
    -- All events of one act carry its id, so the act can be read as a whole across streams.
    act uuid not null,
    -- Null when the house itself acted (jobs, lapses).
    person uuid,
    -- Set when a deputy 代理人 decided for somebody.
    on_behalf_of uuid,
    kind text not null,
    payload jsonb not null,
    prev bytea not null,
    hash bytea not null,
    primary key (stream, seq)
);
create index event_act on event (act);
create index event_at on event (at desc);
-- The audit page walks one kind of stream, or one person's acts, from the newest on.
create index event_kind_of_stream on event (split_part(stream, ':', 1), at desc, stream desc, seq desc);
create index event_person on event (person, at desc, stream desc, seq desc);
select grant_app('select, insert', 'event');

-- The text that is hashed. jsonb prints its keys in one order, so the same event always gives the same text.
create function event_text(e event) returns text language sql immutable as $$
    select concat_ws('|', e.stream, e.seq, extract(epoch from e.at), e.act, coalesce(e.person::text, '-'),
        coalesce(e.on_behalf_of::text, '-'), e.kind, e.payload::text)
$$;

-- Numbers and chains each event. Runs as the owner, because the application may not touch event_stream; the row lock
-- it takes makes a fork of the chain impossible.
create function event_chain() returns trigger language plpgsql security definer set search_path = public as $$
declare
    head event_stream%rowtype;
begin
    insert into event_stream (stream, last_seq, last_hash) values (new.stream, 0, '\x') on conflict do nothing;
    select * into strict head from event_stream where stream = new.stream for update;
    new.seq := head.last_seq + 1;
    new.prev := head.last_hash;
    new.hash := sha256(head.last_hash || convert_to(event_text(new), 'UTF8'));
    update event_stream set last_seq = new.seq, last_hash = new.hash where stream = new.stream;
    return new;
end $$;
create trigger event_chain before insert on event for each row execute function event_chain();

create function event_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'events are append-only';
end $$;
create trigger event_append_only before update or delete on event
    for each row execute function event_is_append_only();
create trigger event_no_truncate before truncate on event execute function event_is_append_only();

-- One row per form sent: its key makes a repeated click answer with the first answer. Claimed and answered in the
-- transaction of the act, so a crash leaves neither.
create table form_key (
    person uuid not null,
    route text not null,
    key uuid not null,
    -- Of the fields sent: the same key with other fields is a mistake of the sender, not a repetition.
    digest bytea not null,
    location text,
    at timestamptz not null,
    primary key (person, route, key)
);
create index form_key_at on form_key (at);
select grant_app('select, insert, update, delete', 'form_key');

-- What was refused by right: who tried what, on which address. Not an event: nothing happened.
create table refusal (
    id uuid primary key,
    at timestamptz not null,
    person uuid,
    deed text not null,
    subject text not null
);
select grant_app('select, insert', 'refusal');

create table job (
    id uuid primary key,
    work jsonb not null,
    due_at timestamptz not null,
    attempts int not null default 0,
    locked_until timestamptz,
    done_at timestamptz,
    -- Why it failed last; shown on the administrator's page once the attempts are used up.
    fault text,
    dead boolean not null default false
);
create index job_due on job (due_at) where done_at is null and not dead;
select grant_app('select, insert, update, delete', 'job');
