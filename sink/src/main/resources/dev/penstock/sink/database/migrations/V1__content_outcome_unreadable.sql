-- What the sink keeps. Times are instants; *_micros are microseconds; hashes are SHA-256 in hex.
-- (record_topic, record_partition, record_offset) is where the record lies on Kafka.

create table content (
  content_id        uuid        primary key,
  prompt_id         text        not null,
  variant           integer     not null,
  tenant            text        not null,
  campaign          text,
  modality          text        not null,
  media_type        text        not null,
  body_text         text,
  body_uri          text,
  body_sha256       text        not null,
  body_size         bigint      not null,
  alternates        jsonb       not null,
  model_name        text        not null,
  model_version     text        not null,
  model_digest      text        not null,
  template_version  text,
  seed              bigint      not null,
  parameters        jsonb       not null,
  finish_reason     text        not null,
  scores            jsonb       not null,
  input_tokens      integer     not null,
  output_tokens     integer     not null,
  pixels            bigint      not null,
  steps             integer     not null,
  requested_at      timestamptz not null,
  completed_at      timestamptz not null,
  wait_micros       bigint      not null,
  lane_micros       bigint      not null,
  stage_micros      bigint      not null,
  execution_id      text        not null,
  chunk_count       integer,
  chunks_sha256     text,
  guard_verdict     text,
  guard_scores      jsonb,
  label_state       text,
  signature_state   text,
  review_state      text,
  decision_id       text,
  replay_of         text,
  reroll_of         text,
  trace_parent      text,
  record_topic      text        not null,
  record_partition  integer     not null,
  record_offset     bigint      not null,
  record_timestamp  timestamptz not null,
  check (body_text is not null or body_uri is not null)
);
comment on table content is 'One row for each content id; of several records with the same id the one with the latest (timestamp, offset, partition) stands.';
comment on column content.trace_parent is 'The W3C traceparent header of the record.';
comment on column content.body_text is 'The text of text bodies, with U+FFFD for what PostgreSQL cannot hold.';
comment on column content.body_uri is 'Where the exact bytes lie; null when body_text is the body to the byte.';
create index content_newest on content (completed_at desc, content_id desc);
create index content_by_prompt on content (prompt_id);
create index content_by_campaign on content (campaign, completed_at desc) where campaign is not null;
create index content_by_model on content (model_name, completed_at desc);

create table outcome (
  prompt_topic      text        not null,
  prompt_partition  integer     not null,
  prompt_offset     bigint      not null,
  prompt_id         text,
  tenant            text,
  outcome           text        not null,
  content_ids       text[]      not null,
  reason            text,
  message           text,
  failures          jsonb       not null,
  duplicate_of      text,
  requested_at      timestamptz not null,
  ended_at          timestamptz not null,
  model             text,
  replay_of         text,
  record_topic      text        not null,
  record_partition  integer     not null,
  record_offset     bigint      not null,
  record_timestamp  timestamptz not null,
  primary key (prompt_topic, prompt_partition, prompt_offset)
);
comment on table outcome is 'How each prompt record ended: one row for each position of a prompts topic.';
create index outcome_newest on outcome (ended_at desc);
create index outcome_by_prompt on outcome (prompt_id) where prompt_id is not null;

create table unreadable (
  record_topic      text        not null,
  record_partition  integer     not null,
  record_offset     bigint      not null,
  record_timestamp  timestamptz not null,
  record_key        bytea,
  record_value      bytea,
  reason            text        not null,
  message           text        not null,
  parked_at         timestamptz not null default now(),
  primary key (record_topic, record_partition, record_offset, record_timestamp)
);
comment on table unreadable is 'Records that are not what their topic promises, byte for byte.';

create table kafka_offsets (
  topic             text        not null,
  partition         integer     not null,
  topic_id          text        not null,
  next_offset       bigint      not null,
  primary key (topic, partition)
);
comment on table kafka_offsets is 'How far each partition is in the tables; written in the same transaction as the rows, and the only truth about it.';
comment on column kafka_offsets.topic_id is 'Kafka''s id of the topic: another id is a topic that was created anew, and its offsets count from the start.';
