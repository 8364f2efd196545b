//! A hall's network (`V6`, `V7`): phones stay on it, no code is made that no phone can open, and the doctor says what is off.

use nadwa::config::Listen;
use nadwa::edge::Clock;
use nadwa::serve::Server;
use nadwa_app::pages::Assets;
use nadwa_domain::Role;
use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::{Hall, Node, product};
use reqwest::{StatusCode, header};

#[tokio::test]
async fn phones_that_ask_whether_a_network_leads_anywhere_hear_what_they_expect() {
    let folder = Folder::new();
    let bind = async |answer_probes: bool, data: &str| {
        let store = nadwa::store::open(&folder.path().join(data).display().to_string()).await.unwrap();
        let listen = Listen { answer_probes, ..Listen::at(([127, 0, 0, 1], 0).into()) };
        Server::bind_with(store, Clock::system(), &listen, Assets::default()).await.unwrap()
    };
    let (on, off) = (bind(true, "on").await, bind(false, "off").await);
    let (asked, quiet) = (format!("http://{}", on.addr().unwrap()), format!("http://{}", off.addr().unwrap()));
    let (stops, running) = ([on.stopper(), off.stopper()], [tokio::spawn(on.run()), tokio::spawn(off.run())]);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let ask = async |at: &str, host: &str, path: &str| {
        let answer = http.get(format!("{at}{path}")).header(header::HOST, host).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    for (host, path, status, body) in [
        (
            "captive.apple.com",
            "/hotspot-detect.html",
            200,
            "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>\n",
        ),
        ("connectivitycheck.gstatic.com", "/generate_204", 204, ""),
        ("www.msftconnecttest.com", "/connecttest.txt", 200, "Microsoft Connect Test"),
        ("www.msftncsi.com:80", "/ncsi.txt", 200, "Microsoft NCSI"),
        ("nmcheck.gnome.org", "/check_network_status.txt", 200, "NetworkManager is online\n"),
    ] {
        assert_eq!(ask(&asked, host, path).await, (status, body.to_owned()), "{host}");
        assert_eq!(ask(&quiet, host, path).await.0, 404, "only where it was asked for");
    }
    assert!(ask(&asked, "10.77.0.1", "/").await.1.contains("<html"), "everybody else sees the first page");
    stops.iter().for_each(|stop| stop.cancel());
    for server in running {
        server.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn no_code_is_drawn_of_an_address_that_no_phone_can_open() {
    let folder = Folder::new();
    let store = nadwa::store::open(&folder.path().display().to_string()).await.unwrap();
    let node = Node::start(store, Clock::by_hand(nadwa_tests::hall::BEGIN)).await;
    let (pass, link) = nadwa::http::manage::cards::new_pass(&node.url, Role::Organizer, None);
    let act = nadwa_domain::conference::Act::Issue(pass);
    node.app.rooms.conference().act(nadwa_domain::Who::Server, &act).await.unwrap();
    let organizer = Client::new(&node.url, "");
    organizer.get(link.strip_prefix(&node.url).unwrap()).await;
    let screens = organizer.get("/organizer/screens").await;
    assert_eq!(screens.status, StatusCode::OK, "{}", screens.body);
    assert!(!screens.body.contains("class=\"qr\"") && screens.body.contains("--public-url"), "{}", screens.body);
    // The doctor says so too, and what is off without TLS.
    let doctor = organizer.get("/organizer/doctor").await;
    for line in ["لا يفتح هذا العنوان هاتفٌ واحد", "بلا https تنطفئ الشاشات", "لم يؤكد أحد خط مساعدة"]
    {
        assert!(doctor.body.contains(line), "{line}: {}", doctor.body);
    }
    node.stop().await;
    let hall = Hall::open().await;
    let shown = hall.by(&hall.organizer).await.get("/organizer/screens").await;
    assert!(shown.body.contains("class=\"qr\""), "the demo shows what a hall looks like");
    hall.close().await;
}

fn nadwa(arguments: &[&str]) -> (bool, String) {
    let ran = std::process::Command::new(product()).args(arguments).output().unwrap();
    let text = [ran.stdout, ran.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    (ran.status.success(), text)
}

#[tokio::test]
async fn the_command_line_makes_the_doors_sheet_and_examines_a_folder_without_touching_it() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path()).unwrap();
    let sheet = folder.path().join("door.html").display().to_string();
    let (done, said) = nadwa(&["venue", "--addr", "127.0.0.1:4700", "--sheet", &sheet]);
    assert!(!done && said.contains("no phone can open it") && !std::path::Path::new(&sheet).exists(), "{said}");
    let door =
        ["venue", "--public-url", "http://10.77.0.1", "--wifi", "قاعة <1>", "--session", "471926", "--sheet", &sheet];
    let (done, said) = nadwa(&door);
    assert!(done && said.contains("this machine alone"), "{said}");
    let page = std::fs::read_to_string(&sheet).unwrap();
    for part in ["قاعة &lt;1&gt;", "Then open the session", "Puis ouvrir la session", "471926", "<svg"] {
        assert!(page.contains(part), "{part}");
    }
    for wrong in
        [["--wifi", "a name that is longer than any network's"], ["--wifi-password", "short"], ["--session", "x"]]
    {
        let (done, said) = nadwa(&[&door[..], &wrong[..]].concat());
        assert!(!done && said.contains(wrong[0]), "{said}");
    }
    let data = folder.path().join("data").display().to_string();
    let store = nadwa::store::open(&data).await.unwrap();
    let node = Node::start(store, Clock::system()).await;
    let (done, said) = nadwa(&["doctor", "--data", &data, "--public-url", "http://127.0.0.1:4700"]);
    assert!(!done, "{said}");
    for line in ["ok Data: Fine", "-- Backup: There is no backup yet", "-- Address: No phone can open", "-- Helplines"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let copy = folder.path().join("copy").display().to_string();
    assert!(nadwa(&["backup", "--data", &data, &copy]).0);
    let (_, said) = nadwa(&["doctor", "--data", &data]);
    assert!(said.contains("ok Backup: Fine"), "{said}");
    node.stop().await;
}
