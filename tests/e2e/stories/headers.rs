//! What stands around every document: the policies, over real HTTP.

use crate::site::Site;

async fn headers(address: &str) -> reqwest::header::HeaderMap {
    let asked = reqwest::Client::new()
        .get(address)
        .header("Accept", "text/html");
    let response = asked.send().await.unwrap();
    assert!(
        response.status().is_success(),
        "{address}: {}",
        response.status()
    );
    response.headers().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_has_a_strict_policy_and_lets_its_windows_keep_their_opener() {
    let site = Site::start().await;
    let headers = headers(&site.portal).await;
    let of = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    let policy = of("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "no `{part}` in {policy}");
    }
    assert!(
        !policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(of("cross-origin-opener-policy"), "same-origin-allow-popups");
    assert_eq!(of("x-content-type-options"), "nosniff");
    assert!(headers.contains_key("referrer-policy") && headers.contains_key("permissions-policy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_launch_and_return_pages_keep_their_opener_and_are_never_framed() {
    let site = Site::start().await;
    for page in ["pay/launch", "pay/return"] {
        let headers = headers(&format!("{}/{page}", site.portal)).await;
        assert!(
            !headers.contains_key("cross-origin-opener-policy"),
            "{page} cuts its opener"
        );
        let policy = headers
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{page}: {policy}"
        );
    }
}
