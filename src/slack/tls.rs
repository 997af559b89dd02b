//! The one way to open a connection: ring, and the certificates that the machine trusts.

use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;

/// Connects to https hosts only, or, for a Slack on this machine, by plain http as well and then trusting nobody.
///
/// # Errors
/// As [`config`], for https.
pub fn connector(secure: bool, connect_timeout: Duration) -> io::Result<HttpsConnector<HttpConnector>> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(Some(connect_timeout));
    let https = if secure {
        HttpsConnectorBuilder::new().with_tls_config((*config()?).clone()).https_only()
    } else {
        HttpsConnectorBuilder::new().with_tls_config(trusting_nobody()).https_or_http()
    };
    Ok(https.enable_http1().wrap_connector(http))
}

/// The configuration, read from the machine once, at first use: a Slack on loopback needs none.
///
/// # Errors
/// The machine has no certificates (slim images need the package `ca-certificates`).
pub fn config() -> io::Result<Arc<ClientConfig>> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let config = builder().with_native_roots()?.with_no_client_auth();
    Ok(CONFIG.get_or_init(|| Arc::new(config)).clone())
}

fn trusting_nobody() -> ClientConfig {
    builder().with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

fn builder() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
}
