-- What pickers look names up in: each name and alias of a living source, from each of its words on, without accents, case and punctuation.
-- "the new york times" stands there as itself, "new york times", "york times" and "times", so that a prefix of any of them is one range of an index.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Words with single spaces between them. What stands inside a word ("U.S.", "O'Brien") goes; what stands between words parts them.
create function fold_name(name text) returns text
language sql stable strict parallel safe
return btrim(regexp_replace(regexp_replace(lower(unaccent(name)), '[.''’`´]', '', 'g'), '[[:space:][:punct:]«»„“”–—…·•]+', ' ', 'g'));

create function name_keys(name text) returns table (word_no smallint, key text)
language sql stable strict parallel safe as $$
    select (i - 1)::smallint, left(array_to_string(words[i:], ' '), 200)
    from (select string_to_array(fold_name(name), ' ') as words) folded, generate_series(1, least(cardinality(words), 20)) i
$$;

create table source_names (
    source_id uuid not null references sources (id) on delete cascade,
    name_no smallint not null,
    word_no smallint not null,
    is_start boolean not null,
    kind text not null,
    key text collate "C" not null,
    primary key (source_id, name_no, word_no)
);
comment on column source_names.name_no is '0 for the name, else the place among the aliases';
comment on column source_names.word_no is 'the word that the key begins with, from 0';
create index ix_source_names_key on source_names (kind, is_start, key, source_id) include (name_no);

-- The words that names have, or have had: what a misspelt word may have meant. It only grows, so that no two writers wait for a count.
create table source_words (
    word text collate "C" primary key
);
create index ix_source_words_trigrams on source_words using gin (word gin_trgm_ops) with (fastupdate = off);

create function name_sources(ids uuid[]) returns void language sql as $$
    insert into source_names (source_id, name_no, word_no, is_start, kind, key)
    select s.id, n.no - 1, k.word_no, k.word_no = 0, s.kind, k.key
    from sources s
    cross join lateral unnest(s.name || s.aliases) with ordinality n(name, no)
    cross join lateral name_keys(n.name) k
    where s.id = any (ids) and s.live;

    insert into source_words (word)
    select distinct left(w.word, 100) as word
    from sources s
    cross join lateral unnest(s.name || s.aliases) n(name)
    cross join lateral unnest(string_to_array(fold_name(n.name), ' ')) w(word)
    where s.id = any (ids) and s.live and char_length(w.word) >= 3 and w.word !~ '^[0-9]+$'
    order by word
    on conflict do nothing;
$$;

create function follow_inserted_names() returns trigger language plpgsql as $$
begin
    perform name_sources(array(select id from inserted));
    return null;
end $$;

create function follow_updated_names() returns trigger language plpgsql as $$
declare
    changed uuid[];
begin
    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.name, a.aliases, a.kind, a.live) is distinct from (b.name, b.aliases, b.kind, b.live)
        order by a.id);
    if changed <> '{}' then
        delete from source_names where source_id = any (changed);
        perform name_sources(changed);
    end if;
    return null;
end $$;

create trigger names_inserted after insert on sources
    referencing new table as inserted for each statement execute function follow_inserted_names();
create trigger names_updated after update on sources
    referencing old table as before_change new table as after_change for each statement execute function follow_updated_names();

select name_sources(array(select id from sources));
