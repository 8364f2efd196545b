//! Two tablets, one draft: a three-way merge in which what both wrote is kept.
//!
//! A text is compared sentence by sentence with the one that both began from. What one changed and the other left
//! alone is taken over; where both changed the same place, both stand there, the first's before the second's. A
//! sentence is lost only if one of them took it out and the other had not touched it.

use std::collections::BTreeSet;

/// Most pairs of sentences that are compared. Beyond it the middle of a text counts as new on both sides, and both
/// stay.
const MOST_PAIRS: usize = 4_000_000;

/// Both texts in one. `base` is what `second` began from; `first` is what stands there now.
#[must_use]
pub fn merge(base: &str, first: &str, second: &str) -> String {
    if first == second || second == base {
        return first.to_owned();
    }
    if first == base {
        return second.to_owned();
    }
    let (base, first, second) = (sentences(base), sentences(first), sentences(second));
    let (in_first, in_second) = (matches(&base, &first), matches(&base, &second));
    let mut out = String::new();
    let (mut at, mut a, mut b) = (0, 0, 0);
    loop {
        // The next sentence of the base that both still have.
        let anchor = (at..base.len()).find_map(|place| Some((place, in_first[place]?, in_second[place]?)));
        let (place, to_a, to_b) = anchor.unwrap_or((base.len(), first.len(), second.len()));
        join(&mut out, &base[at..place], &first[a..to_a], &second[b..to_b]);
        if anchor.is_none() {
            return out.trim_end().to_owned();
        }
        // Where one has begun a new line after it, the line begins.
        let same = [base[place], first[to_a], second[to_b]];
        push(&mut out, same.into_iter().max_by_key(|sentence| sentence.len()).unwrap_or_default());
        (at, a, b) = (place + 1, to_a + 1, to_b + 1);
    }
}

/// Between two sentences that all three have.
fn join(out: &mut String, base: &[&str], first: &[&str], second: &[&str]) {
    let second_is_new = !same(second, base);
    if !same(first, base) && second_is_new {
        // One goes on where the other stopped: a save that was sent twice, with more words the second time.
        let (one, other) = (first.concat(), second.concat());
        let (one, other) = (one.trim(), other.trim());
        if !one.is_empty() && other.starts_with(one) {
            return second.iter().for_each(|sentence| push(out, sentence));
        }
        if !other.is_empty() && one.starts_with(other) {
            return first.iter().for_each(|sentence| push(out, sentence));
        }
    }
    if !same(first, base) || !second_is_new {
        first.iter().for_each(|sentence| push(out, sentence));
    }
    if second_is_new {
        let firsts: BTreeSet<&str> = first.iter().map(|sentence| sentence.trim()).collect();
        let all = same(first, base);
        let new = second.iter().filter(|sentence| all || !firsts.contains(sentence.trim()));
        new.for_each(|sentence| push(out, sentence));
    }
}

fn push(out: &mut String, sentence: &str) {
    if !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    out.push_str(sentence);
}

fn same(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.trim() == b.trim())
}

/// A text in sentences, each with the space that follows it: together they are the text again.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if ended && !c.is_whitespace() {
            found.push(&text[start..at]);
            start = at;
            ended = false;
        }
        ended |= matches!(c, '\n' | '.' | '!' | '?' | '؟' | '…' | '؛');
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

/// Where each sentence of `base` stands in `other`, by the longest common row; nothing where it does not.
fn matches(base: &[&str], other: &[&str]) -> Vec<Option<usize>> {
    let head = base.iter().zip(other).take_while(|(a, b)| a.trim() == b.trim()).count();
    let most = base.len().min(other.len()) - head;
    let tail = base.iter().rev().zip(other.iter().rev()).take(most).take_while(|(a, b)| a.trim() == b.trim()).count();
    let (rows, columns) = (base.len() - head - tail, other.len() - head - tail);
    let mut found = vec![None; base.len()];
    (0..head).for_each(|place| found[place] = Some(place));
    (0..tail).for_each(|back| found[base.len() - 1 - back] = Some(other.len() - 1 - back));
    if rows.saturating_mul(columns) > MOST_PAIRS {
        return found;
    }
    let fits = |row: usize, column: usize| base[head + row].trim() == other[head + column].trim();
    let width = columns + 1;
    let mut longest = vec![0_u32; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row * width + column] = if fits(row, column) {
                longest[(row + 1) * width + column + 1] + 1
            } else {
                longest[(row + 1) * width + column].max(longest[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if fits(row, column) {
            found[head + row] = Some(head + column);
            (row, column) = (row + 1, column + 1);
        } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "سألنا الأطفال. لا يعرفون الرقم. الرد بطيء.";

    #[test]
    fn what_only_one_changed_is_taken_over() {
        let first = "سألنا الأطفال في المدرسة. لا يعرفون الرقم. الرد بطيء.";
        let second = "سألنا الأطفال. لا يعرفون الرقم. الرد بطيء جدًا.";
        assert_eq!(merge(BASE, first, second), "سألنا الأطفال في المدرسة. لا يعرفون الرقم. الرد بطيء جدًا.");
    }

    #[test]
    fn what_both_wrote_at_the_same_place_stands_there_twice() {
        let first = "سألنا الأطفال. أغلبهم لا يعرف الرقم. الرد بطيء.";
        let second = "سألنا الأطفال. كثير منهم لا يعرف الرقم. الرد بطيء.";
        let both = merge(BASE, first, second);
        assert_eq!(both, "سألنا الأطفال. أغلبهم لا يعرف الرقم. كثير منهم لا يعرف الرقم. الرد بطيء.");
    }

    #[test]
    fn two_who_add_at_the_end_both_stay() {
        let (first, second) = (format!("{BASE} نريد الكتابة."), format!("{BASE} نريد صورة."));
        assert_eq!(merge(BASE, &first, &second), format!("{BASE} نريد الكتابة. نريد صورة."));
    }

    #[test]
    fn without_a_base_nothing_is_lost_and_nothing_is_doubled() {
        assert_eq!(merge("", "One. Two.", "Two. Three."), "One. Two. Three.");
        assert_eq!(merge("", "", "Two."), "Two.");
    }

    #[test]
    fn what_one_took_out_is_out() {
        assert_eq!(merge(BASE, BASE, "سألنا الأطفال. الرد بطيء."), "سألنا الأطفال. الرد بطيء.");
        let added = format!("{BASE} نعم.");
        assert_eq!(merge(BASE, "سألنا الأطفال. الرد بطيء.", &added), "سألنا الأطفال. الرد بطيء. نعم.");
    }

    #[test]
    fn a_save_that_was_sent_twice_is_not_doubled() {
        assert_eq!(
            merge(BASE, &format!("{BASE} نريد"), &format!("{BASE} نريد الكتابة")),
            format!("{BASE} نريد الكتابة")
        );
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(merge("a\nb", "a\nx\nb", "a\nb\nc"), "a\nx\nb\nc");
    }
}
