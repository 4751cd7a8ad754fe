//! Signatures, held against those that other programs made.

use provider_stand_ins::stripe::sign;

/// By `stripe.webhooks.generateTestHeaderString()` of npm's `stripe` 23.1.0.
const BY_NPM: (&str, i64, &str, &str) = (
    "whsec_wide_vector",
    1_767_225_601,
    "{\"id\":\"evt_2\",\"data\":{\"object\":{\"description\":\"Rechnung Nr. 7 \
     für Zoë Müller – 会計 €20 🧾\"}}}",
    "t=1767225601,v1=13d3887437fd9b176f62c8364c624654ddf855a4681cb423039b36661f2f9d70",
);

/// By `printf '%s.%s' 1767225607 <body> | openssl dgst -sha256 -hmac <secret>`.
const BY_OPENSSL: (&str, i64, &str, &str) = (
    "whsec_openssl_vector",
    1_767_225_607,
    "{\"id\":\"evt_8\",\"object\":\"event\"}",
    "t=1767225607,v1=5eb423db465546615fdc7d22d8072f43fa5eeeac2f9d59cc67aa743923fef96f",
);

#[test]
fn signatures_are_those_that_other_programs_make() {
    for (secret, seconds, body, header) in [BY_NPM, BY_OPENSSL] {
        let own = sign(&[secret.to_owned()], seconds, body.as_bytes(), true);
        assert_eq!(own, header);
    }
}

#[test]
fn each_secret_signs_and_test_mode_adds_what_proves_nothing() {
    let secrets = ["whsec_a".to_owned(), "whsec_b".to_owned()];
    let both = sign(&secrets, 1, b"{}", true);
    for secret in &secrets {
        let one = sign(std::slice::from_ref(secret), 1, b"{}", true);
        assert!(both.contains(one.strip_prefix("t=1,").unwrap()));
    }
    let test = sign(&secrets, 1, b"{}", false);
    assert!(test.starts_with(&format!("{both},v0=")));
}
