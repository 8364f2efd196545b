//! TLS in the program (`V5`): a certificate and its key from two files, taken anew when they change, without a restart.
//!
//! HTTP/1.1 alone is spoken: a connection does one thing at a time here, and its limits are made for that (`G4`).

use std::fs::Metadata;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use nadwa_domain::Instant;
use tokio::time::MissedTickBehavior;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_util::sync::CancellationToken;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use crate::edge;

/// The files are looked at so often: whoever renews a certificate waits for nothing.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How a handshake begins; what begins otherwise is plain http.
pub(super) const HANDSHAKE: u8 = 0x16;

/// The certificate that is shown, and where it comes from.
pub struct Tls {
    files: [PathBuf; 2],
    shown: Arc<Shown>,
    acceptor: TlsAcceptor,
    seen: RwLock<Seen>,
}

/// How the two files looked when they were last read.
type Seen = [Option<(u64, Duration)>; 2];

#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Since when it is good.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
    /// The names and addresses that it is for.
    pub names: Vec<String>,
}

impl Certificate {
    /// Whether it is for the host of an address. A star stands for one part of a name.
    #[must_use]
    pub fn is_for(&self, address: &str) -> bool {
        let host =
            url::Url::parse(address).ok().and_then(|url| Some(url.host_str()?.trim_matches(['[', ']']).to_owned()));
        let Some(host) = host else { return false };
        let above = host.split_once('.').map(|(_, above)| above);
        let fits = |name: &String| *name == host || name.strip_prefix("*.").is_some_and(|name| Some(name) == above);
        self.names.iter().any(fits)
    }

    fn of(der: &CertificateDer<'_>) -> Option<Self> {
        let certificate = x509_cert::Certificate::from_der(der).ok()?;
        let says = certificate.tbs_certificate();
        let at = |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_millis()).ok().map(Instant);
        let names = says.get_extension::<SubjectAltName>().ok().flatten().map(|(_, names)| names.0).unwrap_or_default();
        let names = names.iter().filter_map(name).collect();
        Some(Self { from: at(says.validity().not_before)?, until: at(says.validity().not_after)?, names })
    }
}

fn name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(name.as_str().to_ascii_lowercase()),
        GeneralName::IpAddress(ip) => {
            let four = <[u8; 4]>::try_from(ip.as_bytes()).map(IpAddr::from);
            four.or_else(|_| <[u8; 16]>::try_from(ip.as_bytes()).map(IpAddr::from)).ok().map(|ip| ip.to_string())
        }
        _ => None,
    }
}

impl Tls {
    /// What the certificate that is shown now says.
    #[must_use]
    pub fn certificate(&self) -> Option<Certificate> {
        Certificate::of(&self.shown()?)
    }

    /// The certificate that is shown now.
    #[must_use]
    pub fn shown(&self) -> Option<CertificateDer<'static>> {
        let shown = self.shown.0.read().unwrap_or_else(PoisonError::into_inner);
        shown.cert.first().cloned()
    }

    /// Reads both files.
    ///
    /// # Errors
    /// A sentence for the operator: what is missing, or does not fit.
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, String> {
        let files = [certificate.to_owned(), key.to_owned()];
        let seen = RwLock::new(seen(&files));
        let shown = Arc::new(Shown(RwLock::new(Arc::new(read(&files)?))));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("TLS cannot be spoken: {error}"))?;
        let mut config = config.with_no_client_auth().with_cert_resolver(Arc::clone(&shown) as _);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { files, shown, acceptor: TlsAcceptor::from(Arc::new(config)), seen })
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    /// Looks at the files again and again, until the stop.
    pub async fn keep_watching(self: Arc<Self>, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = look.tick() => self.look_again(),
            }
        }
    }

    /// Takes what has changed. Two files are never written at one moment: what does not fit yet is left, and looked at
    /// again when one of them changes once more.
    pub fn look_again(&self) {
        let now = seen(&self.files);
        if *self.seen.read().unwrap_or_else(PoisonError::into_inner) == now {
            return;
        }
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = now;
        match read(&self.files) {
            Ok(new) => {
                *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
                tracing::info!("a new certificate is shown from now on");
            }
            Err(sentence) => tracing::warn!("{sentence}; the certificate before goes on being shown"),
        }
    }
}

fn seen(files: &[PathBuf; 2]) -> Seen {
    let look = |of: Metadata| Some((of.len(), edge::changed(&of)?));
    [0, 1].map(|file| std::fs::metadata(&files[file]).ok().and_then(look))
}

fn read([certificate, key]: &[PathBuf; 2]) -> Result<CertifiedKey, String> {
    let said = |what: &str, path: &Path, error: &dyn std::fmt::Display| format!("{what} {}: {error}", path.display());
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| said("cannot read the certificate", certificate, &error))?;
    if chain.is_empty() {
        return Err(said(
            "cannot read the certificate",
            certificate,
            &"there is none in it; it begins with -----BEGIN CERTIFICATE-----",
        ));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| said("cannot read the key", key, &error))?;
    CertifiedKey::from_der(chain, private, &ring::default_provider())
        .map_err(|error| said("certificate and key do not fit together:", key, &error))
}
