//! A healthy machine, and sick ones: each has one sentence too many.

use super::*;

const NOW: Instant = Instant(1_800_000_000_000);
const DAY: Span = Span::minutes(24 * 60);

fn days(many: i64) -> Span {
    Span(DAY.0 * many)
}

fn healthy() -> Facts {
    let certificate =
        Certificate { from: NOW - days(1), until: NOW + days(30), names: vec!["nadwa.example.org".to_owned()] };
    Facts {
        now: NOW,
        newest: Some(NOW - DAY),
        unconfirmed: false,
        address: "https://nadwa.example.org".to_owned(),
        addresses: vec![Address { reach: Reach::Phones, ip: [10, 77, 0, 1].into(), device: "wlan0".to_owned() }],
        listens_to_phones: Some(true),
        certificate: Some(Ok(certificate)),
        last: Some(NOW + days(2)),
        zone: true,
        files: 65_536,
        room: Some(20 << 30),
        reads: true,
        backup: Some(Some(NOW - Span::minutes(60))),
        helplines: 2,
        met: Some(true),
        screens: Some(true),
    }
}

fn sick(change: impl FnOnce(&mut Facts)) -> Vec<(Place, Trouble)> {
    let mut facts = healthy();
    change(&mut facts);
    lines(&facts).into_iter().filter_map(|line| Some((line.place, line.trouble?))).collect()
}

#[test]
fn a_healthy_machine_has_nothing_to_mend() {
    assert_eq!(sick(|_| ()), []);
    assert_eq!(lines(&healthy()).len(), 12);
    let unknown = Facts { certificate: None, room: None, backup: None, met: None, screens: None, ..healthy() };
    let said: Vec<_> = lines(&unknown).into_iter().map(|line| line.place).collect();
    assert!(
        ![Place::Certificate, Place::Disk, Place::Backup, Place::Second, Place::Screens]
            .iter()
            .any(|p| said.contains(p)),
        "{said:?}"
    );
}

#[test]
fn each_illness_is_said_once_and_where_it_is() {
    let over = |facts: &mut Facts, until: Instant| {
        if let Some(Ok(certificate)) = &mut facts.certificate {
            certificate.until = until;
        }
    };
    assert_eq!(
        sick(|it| over(it, NOW + days(8))),
        [(Place::Certificate, Trouble::CertificateEnds)],
        "last day and a week"
    );
    assert_eq!(sick(|it| over(it, NOW + days(9))), []);
    assert_eq!(sick(|it| over(it, NOW - DAY)), [(Place::Certificate, Trouble::CertificateOver)]);
    assert_eq!(
        sick(|it| it.address = "https://other.example.org".to_owned()),
        [(Place::Certificate, Trouble::OthersCertificate)]
    );
    assert_eq!(sick(|it| it.certificate = Some(Err(String::new()))), [(Place::Certificate, Trouble::BadCertificate)]);
    assert_eq!(sick(|it| it.newest = Some(NOW + DAY)), [(Place::Clock, Trouble::WrongClock)]);
    assert_eq!(sick(|it| it.unconfirmed = true), [(Place::Clock, Trouble::WrongClock)]);
    assert_eq!(sick(|it| it.zone = false), [(Place::Days, Trouble::NoDays)]);
    assert_eq!(sick(|it| it.files = 1024), [(Place::Files, Trouble::FewFiles)]);
    assert_eq!(sick(|it| it.room = Some(1 << 20)), [(Place::Disk, Trouble::LittleRoom)]);
    assert_eq!(sick(|it| it.reads = false), [(Place::Database, Trouble::Unreadable)]);
    assert_eq!(sick(|it| it.backup = Some(None)), [(Place::Backup, Trouble::NoBackup)]);
    assert_eq!(sick(|it| it.backup = Some(Some(NOW - days(2)))), [(Place::Backup, Trouble::OldBackup)]);
    assert_eq!(sick(|it| it.met = Some(false)), [(Place::Second, Trouble::NobodyCame)]);
    assert_eq!(sick(|it| it.screens = Some(false)), [(Place::Screens, Trouble::ScreenAway)]);
    assert_eq!(sick(|it| it.helplines = 0), [(Place::Helplines, Trouble::NoHelpline)]);
}

#[test]
fn an_address_that_phones_cannot_open_is_said_and_what_is_off_without_tls() {
    let plain = |address: &str| {
        let address = format!("http://{address}:4700");
        move |it: &mut Facts| (it.address, it.certificate) = (address, None)
    };
    let off = (Place::Secure, Trouble::NotSecure);
    assert_eq!(sick(plain("10.77.0.1")), [off]);
    assert_eq!(sick(plain("10.77.0.9")), [(Place::Address, Trouble::AddressMoved), off]);
    for nobodys in ["127.0.0.1", "0.0.0.0", "localhost"] {
        assert_eq!(sick(plain(nobodys)), [(Place::Address, Trouble::NobodysAddress), off], "{nobodys}");
    }
    assert_eq!(sick(|it| it.listens_to_phones = Some(false)), [(Place::Address, Trouble::ListensToItself)]);
    assert_eq!(sick(|it| it.addresses[0].reach = Reach::NoLease), [(Place::Address, Trouble::NoNetwork)]);
    assert_eq!(sick(|it| it.listens_to_phones = None), [], "a server in front listens");
}
