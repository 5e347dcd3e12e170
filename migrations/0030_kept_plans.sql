-- The sums that every act and every list asks are functions whose plans a connection keeps. A body in SQL that reads a
-- table is planned anew by each statement that calls it; one in PL/pgSQL once a connection. What they say stays word for
-- word what the migrations before this one wrote.
do $$
declare
    one record;
begin
    for one in
        select p.proname, p.prosrc, pg_get_function_arguments(p.oid) as takes, pg_get_function_result(p.oid) as gives
        from pg_proc p join pg_language l on l.oid = p.prolang
        where l.lanname = 'sql' and p.provolatile = 's' and p.pronamespace = current_schema()::regnamespace
    loop
        execute format('create or replace function %I(%s) returns %s language plpgsql stable as %L',
            one.proname, one.takes, one.gives, E'\n#variable_conflict use_column\nbegin\n    return (' || one.prosrc || E'    );\nend\n');
    end loop;
end
$$;

-- What the customer owes in all: the confirmed total less what was short-closed, and more where more was invoiced within
-- the tolerance; once nothing is left to ship, what was invoiced. Asked once, because it goes through every shipment.
create or replace function order_owed(of_order uuid) returns numeric language plpgsql stable as $$
declare
    in_all numeric := order_invoiced(of_order);
begin
    if in_all > 0 and order_shipped_out(of_order, null) then
        return (select in_all from proforma_invoice p where p.order_id = of_order and p.stage = 'confirmed');
    end if;
    return (select greatest(p.total - order_given_up(of_order), in_all)
        from proforma_invoice p where p.order_id = of_order and p.stage = 'confirmed');
end
$$;

-- An order's exceptions and questions are looked for at the end of every act.
create index approval_order on approval (order_id);
