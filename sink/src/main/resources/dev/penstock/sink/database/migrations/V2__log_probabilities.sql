-- The tokens of a text with their log-probabilities, where a prompt asked for them.
alter table content add column log_probabilities jsonb;
