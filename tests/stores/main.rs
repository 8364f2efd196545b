//! The store's story, told to both databases, and what is particular to each.

#![expect(clippy::unwrap_used, reason = "where a test stops, it has failed")]

mod ballots;
mod killed;
mod lines;
mod people;
mod place;
mod postgres;
mod sqlite;
mod steady;

/// Runs each story on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($file:ident: $($story:ident)*;)*) => {
        mod on_sqlite {$($(
            #[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                crate::$file::$story(crate::place::Place::folder()).await;
            }
        )*)*}

        mod on_postgres {$($(
            #[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                crate::$file::$story(crate::place::Place::database()).await;
            }
        )*)*}
    };
}

on_both! {
    lines:
        lines_are_read_in_the_order_in_which_they_were_appended
        lines_are_appended_all_or_none
        an_append_after_any_but_the_last_line_is_a_conflict
        nothing_is_appended_to_a_stream_that_nobody_created
        of_many_writers_exactly_one_has_each_line
        what_was_answered_is_there_for_every_reader
        blanked_words_are_gone_and_the_fact_stays
        streams_are_listed_by_kind
        a_closed_store_refuses;
    ballots:
        a_voter_has_one_ballot_and_may_change_it
        a_ballot_counts_only_while_its_poll_is_open
        closing_counts_tells_and_deletes
        every_ballot_that_was_answered_is_in_the_totals
        a_poll_is_closed_once
        what_fails_leaves_poll_and_ballots_as_they_were;
    people:
        a_name_is_remembered_replaced_and_forgotten;
    killed:
        nothing_that_was_answered_is_lost_when_the_process_is_killed;
}
