//! Addresses of e-mail, as they are compared: in one normal form, wherever one comes from.

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::invisible::is_invisible;

/// An address as it is stored and compared. Blanks around it and invisible characters are left
/// out, capitals are folded and characters that stand for others are replaced by these (Unicode,
/// NFKC with case folding); the domain is written as people read it (UTS 46), since some browsers
/// send `xn--` for what was typed.
pub fn normalize(address: &str) -> String {
    let address = fold(address.trim());
    match address.rsplit_once('@') {
        Some((name, domain)) => {
            let (domain, readable) = idna::domain_to_unicode(domain);
            match readable {
                Ok(()) => format!("{name}@{domain}"),
                Err(_) => address,
            }
        }
        None => address,
    }
}

fn fold(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let folded = CaseMapper::new()
        .fold_string(&nfkc.normalize(&visible))
        .into_owned();
    nfkc.normalize(&folded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn what_reads_the_same_is_one_address() {
        for (a, b) in [
            (" Ann@Example.COM ", "ann@example.com"),
            ("zoe\u{308}@example.com", "ZOË@example.com"),
            ("ａｎｎ@example.com", "ann@example.com"),
            ("ann@example.com\u{200b}", "ann@example.com"),
            ("ann@xn--bcher-kva.example", "ann@BÜCHER.example"),
            ("straße@example.com", "STRASSE@example.com"),
            ("ann@example\u{3002}com", "ann@example.com"),
        ] {
            assert_eq!(normalize(a), normalize(b), "{a} and {b}");
        }
        assert_ne!(normalize("ann@example.com"), normalize("ann@example.org"));
    }

    #[test]
    fn the_normal_form_is_its_own() {
        for address in [
            "Ann@Example.com",
            "zoe\u{308}@xn--bcher-kva.example",
            "İ@x.example",
            "no address",
        ] {
            let once = normalize(address);
            assert_eq!(normalize(&once), once);
        }
    }
}
