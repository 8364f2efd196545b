//! M4A is made of boxes (atoms) within boxes. Its one audio track is written into new ones: the sample tables that a
//! player needs, and the chunks that they point at. Where it was recorded, when, and on whose telephone is in other
//! boxes (`udta`, `meta`), in other tracks, or in bytes that no table points at.

/// The sound as a recording of its own. Nothing if it cannot be read; nothing within if it is kept in a way that we do
/// not write.
#[must_use]
pub fn bare(file: &[u8]) -> Option<Option<Vec<u8>>> {
    let top = boxes(file)?;
    let movie = inside(&top, b"moov")?;
    if top.iter().any(|(name, _)| *name == b"moof") {
        // Fragmented MP4: each fragment has sample tables of its own.
        return Some(None);
    }
    let Some(track) = movie.iter().filter(|(name, _)| *name == b"trak").find_map(|(_, body)| Track::read(body)) else {
        return Some(None);
    };
    Some(track.written(file, body(&movie, b"mvhd")?))
}

type Boxes<'a> = Vec<(&'a [u8], &'a [u8])>;

/// An audio track.
struct Track<'a> {
    /// The boxes within `trak`, `mdia`, `minf` and `stbl`.
    track: Boxes<'a>,
    medium: Boxes<'a>,
    tables: Boxes<'a>,
}

impl<'a> Track<'a> {
    fn read(body_of: &'a [u8]) -> Option<Self> {
        let track = boxes(body_of)?;
        let medium = inside(&track, b"mdia")?;
        let tables = inside(&inside(&medium, b"minf")?, b"stbl")?;
        let sounds = body(&medium, b"hdlr")?.get(8..12)? == b"soun";
        sounds.then_some(Self { track, medium, tables })
    }

    fn written(&self, file: &[u8], head: &[u8]) -> Option<Vec<u8>> {
        let kind = boxed(b"ftyp", &[b"M4A \0\0\0\0M4A mp42isom"]);
        let chunks: Vec<&[u8]> = self.chunks(file)?;
        // The length does not depend on the chunk offsets: written once with zeros to know where the chunks will begin.
        let length = self.movie(head, &vec![0; chunks.len()])?.len();
        let mut at = u32::try_from(kind.len() + length + 8).ok()?;
        let mut places = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            places.push(at);
            at = at.checked_add(u32::try_from(chunk.len()).ok()?)?;
        }
        Some([kind, self.movie(head, &places)?, boxed(b"mdat", &chunks)].concat())
    }

    /// The chunks of samples, as the sample tables point at them.
    fn chunks(&self, file: &'a [u8]) -> Option<Vec<&'a [u8]>> {
        let runs = body(&self.tables, b"stsc")?;
        let run = |n: usize| Some((number(runs, 8 + 12 * n)?, number(runs, 12 + 12 * n)?));
        let sizes = body(&self.tables, b"stsz")?;
        let (all, count) = (number(sizes, 4)?, number(sizes, 8)?);
        let (mut run_now, mut sample, mut chunks) = (0, 0_usize, Vec::new());
        for (place, start) in self.places()?.into_iter().enumerate() {
            // A run of chunks goes on until the next one begins; chunks are counted from 1.
            if run(run_now + 1).is_some_and(|(first, _)| first == place + 1) {
                run_now += 1;
            }
            let (_, samples) = run(run_now)?;
            let end = sample.checked_add(samples)?.min(count);
            let size = |sample: usize| if all > 0 { Some(all) } else { number(sizes, 12 + 4 * sample) };
            let length = (sample..end).try_fold(0_usize, |sum, sample| sum.checked_add(size(sample)?))?;
            chunks.push(file.get(start..start.checked_add(length)?)?);
            sample = end;
        }
        Some(chunks)
    }

    /// The chunk offsets (`stco` or `co64`).
    fn places(&self) -> Option<Vec<usize>> {
        if let Some(table) = body(&self.tables, b"stco") {
            return table.get(8..)?.chunks_exact(4).map(|place| number(place, 0)).collect();
        }
        let table = body(&self.tables, b"co64")?.get(8..)?;
        table.chunks_exact(8).map(|place| (number(place, 0)? == 0).then(|| number(place, 4))?).collect()
    }

    fn movie(&self, head: &[u8], places: &[u32]) -> Option<Vec<u8>> {
        let count = u32::try_from(places.len()).ok()?.to_be_bytes();
        let places: Vec<u8> = places.iter().flat_map(|place| place.to_be_bytes()).collect();
        let mut tables = boxed(b"stsd", &[&described(body(&self.tables, b"stsd")?)?]);
        for name in [b"stts", b"stsc", b"stsz", b"sgpd", b"sbgp"] {
            if let Some(table) = body(&self.tables, name) {
                tables.extend(boxed(name, &[table]));
            }
        }
        tables.extend(boxed(b"stco", &[&[0; 4], &count, &places]));
        // A data reference to this very file.
        let here = boxed(b"dinf", &[&boxed(b"dref", &[&[0, 0, 0, 0, 0, 0, 0, 1], &boxed(b"url ", &[&[0, 0, 0, 1]])])]);
        let sound = boxed(b"minf", &[&boxed(b"smhd", &[&[0; 8]]), &here, &boxed(b"stbl", &[&tables])]);
        let handler = boxed(b"hdlr", &[&[0; 8], b"soun", &[0; 13]]);
        let medium = boxed(b"mdia", &[&boxed(b"mdhd", &[&undated(body(&self.medium, b"mdhd")?)?]), &handler, &sound]);
        let cut = inside(&self.track, b"edts").and_then(|edits| Some(boxed(b"elst", &[body(&edits, b"elst")?])));
        let cut = cut.map(|cut| boxed(b"edts", &[&cut])).unwrap_or_default();
        let track = boxed(b"trak", &[&boxed(b"tkhd", &[&undated(body(&self.track, b"tkhd")?)?]), &cut, &medium]);
        Some(boxed(b"moov", &[&boxed(b"mvhd", &[&undated(head)?]), &track]))
    }
}

/// A header box (`mvhd`, `tkhd`, `mdhd`) without the dates of creation and modification that it begins with.
fn undated(head: &[u8]) -> Option<Vec<u8>> {
    let mut head = head.to_vec();
    let dates = if *head.first()? == 0 { 4..12 } else { 4..20 };
    head.get_mut(dates)?.fill(0);
    Some(head)
}

/// `stsd`: one sample description, and of its boxes those that a decoder needs.
fn described(table: &[u8]) -> Option<Vec<u8>> {
    let (name, entry) = boxes(table.get(8..)?)?.into_iter().next()?;
    let fields = match entry.get(8..10)? {
        [0, 0] => 28,
        [0, 1] => 44,
        _ => return None,
    };
    let known: [&[u8]; 6] = [b"esds", b"alac", b"dOps", b"dfLa", b"dac3", b"wave"];
    let kept = boxes(entry.get(fields..)?)?.into_iter().filter(|(name, _)| known.contains(name));
    let kept: Vec<u8> = kept.flat_map(|(name, body)| boxed(name, &[body])).collect();
    Some([&[0, 0, 0, 0, 0, 0, 0, 1], &boxed(name, &[&entry[..fields], &kept])[..]].concat())
}

fn boxed(name: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let size = parts.iter().map(|part| part.len()).sum::<usize>() + 8;
    let mut out = Vec::with_capacity(size);
    // Nothing of ours is larger than what was brought.
    out.extend(u32::try_from(size).unwrap_or_default().to_be_bytes());
    out.extend(name);
    parts.iter().for_each(|part| out.extend(*part));
    out
}

/// Sibling boxes; what is too short to be one ends them.
fn boxes(mut rest: &[u8]) -> Option<Boxes<'_>> {
    let mut found = Vec::new();
    while rest.len() >= 8 {
        // Size 0: to the end of the file. Size 1: the size follows as 64 bits.
        let (start, size) = match number(rest, 0)? {
            0 => (8, rest.len()),
            1 if number(rest, 8)? == 0 => (16, number(rest, 12)?),
            1 => return None,
            size => (8, size),
        };
        found.push((&rest[4..8], rest.get(start..size)?));
        rest = &rest[size..];
    }
    Some(found)
}

fn body<'a>(boxes: &Boxes<'a>, name: &[u8]) -> Option<&'a [u8]> {
    boxes.iter().find(|(found, _)| *found == name).map(|(_, body)| *body)
}

fn inside<'a>(boxes_of: &Boxes<'a>, name: &[u8]) -> Option<Boxes<'a>> {
    boxes(body(boxes_of, name)?)
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let number = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_be_bytes(number.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &[u8] = b"+25.2854+051.5310/Maryam";

    /// Two chunks of sound with something between them, a place in four boxes, and a second track that follows it.
    fn recorded() -> Vec<u8> {
        let told = |n: &[u8]| boxed(n, &[PLACE]);
        let tables = |places: [u32; 2]| {
            let places: Vec<u8> = places.iter().flat_map(|place| place.to_be_bytes()).collect();
            let entry = boxed(b"mp4a", &[&[0; 28], &boxed(b"esds", &[b"how"]), &told(b"uuid")]);
            let sizes = [[0_u32; 2].as_slice(), &[3, 3, 4, 5]].concat();
            let sizes: Vec<u8> = sizes.iter().flat_map(|size| size.to_be_bytes()).collect();
            boxed(
                b"stbl",
                &[
                    &boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &entry]),
                    &boxed(
                        b"stsc",
                        &[&[
                            0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0,
                            0, 1,
                        ]],
                    ),
                    &boxed(b"stsz", &[&sizes]),
                    &boxed(b"stco", &[&[0, 0, 0, 0, 0, 0, 0, 2], &places]),
                ],
            )
        };
        let track = |kind: &[u8], places| {
            let dated = [&[0; 4], PLACE].concat();
            let medium = boxed(
                b"mdia",
                &[
                    &boxed(b"mdhd", &[&[0; 24]]),
                    &boxed(b"hdlr", &[&[0; 8], kind, &[0; 12], PLACE]),
                    &boxed(b"minf", &[&tables(places)]),
                ],
            );
            boxed(b"trak", &[&boxed(b"tkhd", &[&dated[..12], &[0; 72]]), &medium, &told(b"meta")])
        };
        let movie = |places| {
            let head = [&[0; 4], &PLACE[..8], &[0; 88]].concat();
            boxed(
                b"moov",
                &[&boxed(b"mvhd", &[&head]), &track(b"meta", places), &track(b"soun", places), &told(b"udta")],
            )
        };
        let kind = boxed(b"ftyp", &[b"M4A \0\0\0\0"]);
        let at = u32::try_from(kind.len() + movie([0, 0]).len() + 8).unwrap();
        let between = u32::try_from(7 + PLACE.len()).unwrap();
        [kind, movie([at, at + between]), boxed(b"mdat", &[b"onetwo!", PLACE, b"three", PLACE])].concat()
    }

    #[test]
    fn of_an_m4a_stay_the_sound_and_its_tables_and_no_place() {
        let made = bare(&recorded()).unwrap().unwrap();
        for word in [PLACE, &PLACE[..8], b"uuid", b"udta", b"meta"] {
            assert!(!made.windows(word.len()).any(|part| part == word), "{:?}", str::from_utf8(word));
        }
        assert!(made.ends_with(b"mdatonetwo!three") && made.windows(3).any(|part| part == b"how"));
        let again = bare(&made).unwrap().unwrap();
        assert_eq!(again, made, "its tables point at its sound");
    }

    #[test]
    fn what_is_recorded_in_pieces_stays_as_it_was_brought_and_what_is_cut_off_is_broken() {
        let whole = recorded();
        assert_eq!(bare(&[&whole[..], &boxed(b"moof", &[])].concat()), Some(None));
        assert_eq!(bare(&whole[..whole.len() - 30]), None);
        for length in (0..whole.len()).step_by(7) {
            assert_ne!(bare(&whole[..length]).map(|made| made.is_some()), Some(true));
        }
    }
}
