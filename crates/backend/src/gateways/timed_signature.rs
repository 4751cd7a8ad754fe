//! Checks signatures that carry their time, as Stripe has them and the sandbox too: a header of
//! `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.

use api_types::Timestamp;
use axum::http::HeaderMap;

use super::BadNotification;
use crate::secrets::{equal, hmac_sha256};

/// How far the time of signing may be from now, in seconds.
const TOLERANCE: u64 = 300;

/// Checks the signature of a body, in the header with a name. The body must not be read before this.
///
/// # Errors
/// [`BadNotification::Unsigned`] if the header is missing, appears twice or is malformed, or no
/// signature in it is right; [`BadNotification::Stale`] if it was signed more than 300 seconds
/// before or after `now`.
pub(super) fn check(
    (headers, name): (&HeaderMap, &str),
    body: &[u8],
    secret: &str,
    now: Timestamp,
) -> Result<(), BadNotification> {
    let mut headers = headers.get_all(name).iter();
    // Two of them would leave open which one was checked.
    let (Some(header), None) = (headers.next(), headers.next()) else {
        return Err(BadNotification::Unsigned);
    };
    let header = header.to_str().map_err(|_| BadNotification::Unsigned)?;
    let (moment, proofs) = parts(header).ok_or(BadNotification::Unsigned)?;
    let right = hmac_sha256(secret.as_bytes(), &[moment.as_bytes(), b".", body]);
    let right: String = right.iter().map(|byte| format!("{byte:02x}")).collect();
    // All of them are looked at, whichever is right.
    let proven = proofs
        .iter()
        .fold(false, |proven, proof| equal(proof, &right) | proven);
    if !proven {
        return Err(BadNotification::Unsigned);
    }
    let signed_at: i64 = moment.parse().map_err(|_| BadNotification::Unsigned)?;
    if signed_at.abs_diff(now.as_millis() / 1000) > TOLERANCE {
        return Err(BadNotification::Stale);
    }
    Ok(())
}

/// The time as it was signed, and the signatures: there are several while a secret is being
/// changed.
fn parts(header: &str) -> Option<(&str, Vec<&str>)> {
    let mut moment = None;
    let mut proofs = Vec::new();
    for part in header.split(',') {
        match part.split_once('=')? {
            ("t", _) if moment.is_some() => return None,
            ("t", value) => moment = Some(value),
            ("v1", value) => proofs.push(value),
            _ => {}
        }
    }
    Some((moment?, proofs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const HEADER: &str = "sandbox-signature";
    /// From `printf '1763719200.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test`.
    const BY_OPENSSL: &str = "78b5df0d0fab8a4377a48029b22159f41ebb76757156911a1e5658ac85902b51";
    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000).unwrap()
    }

    fn checked(header: &str, body: &[u8], secret: &str, now: i64) -> Result<(), BadNotification> {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_bytes(header.as_bytes()).unwrap());
        check((&headers, HEADER), body, secret, at(now))
    }

    #[test]
    fn what_openssl_signed_is_taken_for_five_minutes() {
        let header = format!("t=1763719200,v1={BY_OPENSSL}");
        for (now, expected) in [
            (1_763_719_200, Ok(())),
            (1_763_719_500, Ok(())),
            (1_763_718_900, Ok(())),
            (1_763_719_501, Err(BadNotification::Stale)),
            (1_763_718_899, Err(BadNotification::Stale)),
        ] {
            assert_eq!(checked(&header, BODY, "whsec_test", now), expected, "{now}");
        }
    }

    #[test]
    fn a_second_proof_counts_while_a_secret_is_changed() {
        let other = "0".repeat(64);
        for header in [
            format!("t=1763719200,v1={other},v1={BY_OPENSSL}"),
            format!("v1={BY_OPENSSL},t=1763719200,v1={other},v2=x"),
        ] {
            assert_eq!(checked(&header, BODY, "whsec_test", 1_763_719_200), Ok(()));
        }
    }

    #[test]
    fn nothing_else_is_taken() {
        let good = format!("t=1763719200,v1={BY_OPENSSL}");
        let flipped = good.replace("v1=78", "v1=79");
        let capitals = good.to_uppercase();
        let huge = vec![b'x'; 1 << 20];
        let cases: [(&str, &[u8], &str); 11] = [
            (&good, BODY, "whsec_tesu"),
            (&good, br#"{"id":"evt_2"}"#, "whsec_test"),
            (&good, b"", "whsec_test"),
            (&good, &huge, "whsec_test"),
            (&flipped, BODY, "whsec_test"),
            (&capitals, BODY, "whsec_test"),
            ("", BODY, "whsec_test"),
            ("t=1763719200", BODY, "whsec_test"),
            (&good["t=1763719200,".len()..], BODY, "whsec_test"),
            (&format!("t=1763719200,{good}"), BODY, "whsec_test"),
            ("t=1763719200,v1=é", BODY, "whsec_test"),
        ];
        for (header, body, secret) in cases {
            let refused = checked(header, body, secret, 1_763_719_200);
            assert_eq!(refused, Err(BadNotification::Unsigned), "{header}");
        }
    }

    #[test]
    fn two_headers_are_none() {
        let value = HeaderValue::from_str(&format!("t=1763719200,v1={BY_OPENSSL}")).unwrap();
        let mut headers = HeaderMap::new();
        headers.append(HEADER, value.clone());
        headers.append(HEADER, value);
        let refused = check((&headers, HEADER), BODY, "whsec_test", at(1_763_719_200));
        assert_eq!(refused, Err(BadNotification::Unsigned));
    }
}
