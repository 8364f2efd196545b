//! An honest hall: each phone a connection of its own that looks at the page and votes. Once all phones behind one
//! address, once spread over many, in one run: whoever shares an address is neither refused nor slower (`G4`).

use std::time::Instant;

use futures::future::join_all;

use crate::ballots::open_poll;
use crate::server::Started;
use crate::wire::Wire;

/// Addresses that the other hall comes from.
const ADDRESSES: usize = 100;
/// Phones that arrive in the same moment.
const AT_ONCE: usize = 20;
/// Each hall comes so often, in turn: another program may have had the machine.
const ROUNDS: usize = 3;

/// What a hall was answered.
pub struct Answered {
    /// Milliseconds that a page took, and a ballot: the median, of the best round.
    pub page: f64,
    pub ballot: f64,
    /// Answers other than 200, in all rounds.
    pub refused: usize,
}

/// A hall behind one address, and one of as many phones behind a hundred.
pub async fn halls(phones: usize) -> [Answered; 2] {
    let mut answered = [const { Vec::new() }; 2];
    for _ in 0..ROUNDS {
        for (addresses, answered) in [1, ADDRESSES].into_iter().zip(&mut answered) {
            // A server of its own: nobody has been here before.
            let server = Started::new();
            answered.push(hall(&server, phones, addresses).await);
        }
    }
    answered.map(|rounds| Answered {
        page: rounds.iter().map(|round| round.page).fold(f64::MAX, f64::min),
        ballot: rounds.iter().map(|round| round.ballot).fold(f64::MAX, f64::min),
        refused: rounds.iter().map(|round| round.refused).sum(),
    })
}

async fn hall(server: &Started, phones: usize, addresses: usize) -> Answered {
    let page = format!("/s/{}", server.code());
    let poll = open_poll(&server.by("console").await).await;
    let ballot = format!("{page}/polls/{poll}/ballot");
    let (mut pages, mut ballots, mut statuses, mut kept) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for group in (0..phones).collect::<Vec<_>>().chunks(AT_ONCE) {
        let (page, ballot) = (page.as_str(), ballot.as_str());
        let came = join_all(group.iter().map(|&phone| async move {
            let place = u8::try_from(phone % addresses).expect("few addresses") + 1;
            let mut wire = Wire::open_from(server.host(), place).await.expect("a connection");
            let begun = Instant::now();
            let looked = wire.look(page).await;
            let took = begun.elapsed();
            let Ok(token) = looked else { return (wire, took, None) };
            let begun = Instant::now();
            let status = wire.post(ballot, &token, r#"{"choice":"0"}"#).await.expect("an answer");
            (wire, took, Some((begun.elapsed(), status)))
        }))
        .await;
        for (wire, page, voted) in came {
            pages.push(page.as_secs_f64() * 1e3);
            let (took, status) = voted.map_or((0.0, 429), |(took, status)| (took.as_secs_f64() * 1e3, status));
            ballots.push(took);
            statuses.push(status);
            // Phones stay.
            kept.push(wire);
        }
    }
    Answered {
        page: median(pages),
        ballot: median(ballots),
        refused: statuses.iter().filter(|status| **status != 200).count(),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Sign-ins of nobody, all at once, and a call for help meanwhile: milliseconds that each look at `/help` took.
pub async fn help_during_sign_ins(server: &Started, sign_ins: usize) -> Vec<f64> {
    let strangers = (0..sign_ins).map(|_| async {
        let stranger = nadwa_tests::client::Client::new(&server.url, "");
        stranger.post_form("/sign-in", &[("login", "x"), ("secret", "yyyyyyyyyyyyyyyy")]).await.status.as_u16()
    });
    let somebody = nadwa_tests::client::Client::new(&server.url, "");
    somebody.get("/help").await;
    let looking = async {
        let mut took = Vec::new();
        for _ in 0..40 {
            let begun = Instant::now();
            assert!(somebody.get("/help").await.status.is_success(), "help is there");
            took.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        took
    };
    let (statuses, took) = tokio::join!(join_all(strangers), looking);
    assert!(statuses.iter().all(|status| matches!(status, 422 | 429)), "{statuses:?}");
    took
}
