-- The same answers as the functions of Integrity.sql give, for less: what is one expression is written into whatever calls it, an index or a check
-- as well; what has to look at each item looks without a query, which costs more to start than to run.

-- Not strict, for strict functions are not written into their callers: the first case says the same.
create or replace function partial_date_start(d text) returns timestamp
language sql immutable parallel safe
return case
    when d is null then null
    when length(d) = 10 then make_timestamp(substr(d, 1, 4)::int, substr(d, 6, 2)::int, substr(d, 9, 2)::int, 0, 0, 0)
    when length(d) = 7 then make_timestamp(substr(d, 1, 4)::int, substr(d, 6, 2)::int, 1, 0, 0, 0)
    when length(d) = 4 then make_timestamp(d::int, 1, 1, 0, 0, 0)
    else make_timestamp(
        substr(d, 1, 4)::int,
        coalesce(nullif(substr(d, 6, 2), '')::int, 1),
        coalesce(nullif(substr(d, 9, 2), '')::int, 1),
        coalesce(nullif(substr(d, 12, 2), '')::int, 0),
        coalesce(nullif(substr(d, 15, 2), '')::int, 0),
        coalesce(nullif(rtrim(substr(d, 18, 9), 'Z'), '')::float8, 0))
end;

create or replace function partial_date_first(d text) returns timestamptz
language sql immutable parallel safe
return partial_date_start(d) at time zone 'UTC';

create or replace function partial_date_last(d text) returns timestamptz
language sql immutable parallel safe
return (partial_date_start(d) + case length(d)
    when 4 then interval '1 year' - interval '1 microsecond'
    when 7 then interval '1 month' - interval '1 microsecond'
    when 10 then interval '1 day' - interval '1 microsecond'
    else interval '0' end) at time zone 'UTC';

create or replace function texts_fit(items text[], most int, longest int) returns boolean
language plpgsql immutable parallel safe as $$
declare
    item text;
begin
    if items is null then
        return null;
    end if;
    if cardinality(items) > most then
        return false;
    end if;
    foreach item in array items loop
        if item is null or item !~ '[^[:space:]]' or char_length(item) > longest then
            return false;
        end if;
    end loop;
    return true;
end $$;

create or replace function external_ids_fit(ids jsonb) returns boolean
language plpgsql immutable parallel safe as $$
declare
    fits boolean;
    one boolean;
begin
    if ids is null or ids = '[]' then
        return ids = '[]';
    end if;
    if jsonb_typeof(ids) <> 'array' or jsonb_array_length(ids) > 100 or jsonb_path_exists(ids,
        '$[*] ? (!exists(@.system) || !exists(@.id) || @.system.type() != "string" || @.id.type() != "string" || @.system like_regex ":"
            || !(@.system like_regex "[^[:space:]]") || !(@.id like_regex "[^[:space:]]"))') then
        return false;
    end if;
    for i in 0 .. jsonb_array_length(ids) - 1 loop
        one := char_length(ids -> i ->> 'system') <= 500 and char_length(ids -> i ->> 'id') <= 500;
        if not one then
            return false;
        end if;
        fits := coalesce(one, fits);
    end loop;
    return fits;
end $$;

create or replace function quantities_fit(quantities jsonb) returns boolean
language plpgsql immutable parallel safe as $$
declare
    period_from text;
    period_to text;
begin
    if quantities is null or quantities = '[]' then
        return quantities = '[]';
    end if;
    if jsonb_typeof(quantities) <> 'array' or jsonb_array_length(quantities) > 100 or jsonb_path_exists(quantities,
        '$[*] ? (!exists(@.metric) || @.metric.type() != "string" || !exists(@.unit) || @.unit.type() != "string"
            || !(@.comparator like_regex "^(eq|gt|gte|lt|lte|approx|between)$")
            || (@.comparator == "between" && !(@.lower <= @.upper))
            || (@.comparator != "between" && (!exists(@.value) || @.value.type() != "number"))
            || @.*.type() == "object" || @.*.type() == "array"
            || @.value >= 79228162514264337593543950336 || @.value <= -79228162514264337593543950336
            || @.lower <= -79228162514264337593543950336 || @.upper >= 79228162514264337593543950336)') then
        return false;
    end if;
    for i in 0 .. jsonb_array_length(quantities) - 1 loop
        period_from := quantities -> i ->> 'periodFrom';
        period_to := quantities -> i ->> 'periodTo';
        -- A period that is no date fails here, or in the making of its first instant.
        if not (coalesce(is_partial_date(period_from), true) and coalesce(is_partial_date(period_to), true)
            and coalesce(partial_date_first(period_from) <= partial_date_last(period_to), partial_date_first(coalesce(period_from, period_to, '2000')) is not null)) then
            return false;
        end if;
    end loop;
    return true;
end $$;
