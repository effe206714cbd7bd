//! The address of the mail server that takes our mails.

use percent_encoding::percent_decode_str;
use url::Url;

/// How the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// From the first byte (`smtps://`).
    Wrapped,
    /// By STARTTLS, or no mail goes out (`smtp://`).
    Required,
    /// By STARTTLS where the server offers it (`smtp://…?tls=opportunistic`).
    Opportunistic,
    /// Not at all (`smtp://…?tls=none`): for a server on the same machine.
    None,
}

/// Where our mails go. Holds a password: it is neither printed nor logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: SmtpTls,
    pub credentials: Option<(String, String)>,
}

impl Smtp {
    /// Reads `smtp://[user:password@]host[:port][?tls=…]` or `smtps://…`.
    ///
    /// # Errors
    /// What is wrong with it, without repeating any of it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const FORM: &str = "must look like smtp://user:password@mail.example.org:587 or smtps://mail.example.org; \
             signs such as @ : / ? # in the password are written as %40 %3A %2F %3F %23";
        let url = Url::parse(text).map_err(|_| FORM)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(FORM)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(FORM);
        }
        let tls = match (url.scheme(), url.query()) {
            ("smtps", None) => SmtpTls::Wrapped,
            ("smtp", None | Some("tls=required")) => SmtpTls::Required,
            ("smtp", Some("tls=opportunistic")) => SmtpTls::Opportunistic,
            ("smtp", Some("tls=none")) => SmtpTls::None,
            _ => {
                return Err(
                    "must begin with smtp:// or smtps://; of options there is ?tls=required, ?tls=opportunistic or ?tls=none with smtp://",
                );
            }
        };
        let plain = |coded: &str| percent_decode_str(coded).decode_utf8().map(String::from);
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => {
                let (user, password) = (plain(user), plain(password));
                Some((user.map_err(|_| FORM)?, password.map_err(|_| FORM)?))
            }
            _ => return Err("needs a user name and a password, or neither"),
        };
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let is_open = matches!(tls, SmtpTls::None | SmtpTls::Opportunistic);
        if credentials.is_some() && is_open && !is_here {
            return Err("would send the password unencrypted; leave ?tls=… out");
        }
        let usual = if tls == SmtpTls::Wrapped { 465 } else { 587 };
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(usual),
            tls,
            credentials,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_says_how_and_where() {
        let read = |text| Smtp::parse(text).unwrap();
        let plain = read("smtp://mail.example.org");
        assert_eq!((plain.port, plain.tls), (587, SmtpTls::Required));
        assert_eq!(plain.credentials, None);
        let wrapped = read("smtps://user%40example.org:p%40ss%3A@mail.example.org");
        assert_eq!((wrapped.port, wrapped.tls), (465, SmtpTls::Wrapped));
        let signed_in = ("user@example.org".to_owned(), "p@ss:".to_owned());
        assert_eq!(wrapped.credentials, Some(signed_in));
        let here = read("smtp://u:p@127.0.0.1:2525?tls=none");
        assert_eq!((here.port, here.tls), (2525, SmtpTls::None));
    }

    #[test]
    fn a_wrong_address_is_refused_without_its_password() {
        for wrong in [
            "",
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp://user:geheim@mail.example.org?tls=none",
            "smtp://user:geheim@mail.example.org?tls=opportunistic",
            "smtps://user:geheim@mail.example.org?tls=none",
            "smtp://user:geheim@mail.example.org:notaport",
            "smtp://user:geheim@mail.example.org/path",
            "smtp://user@mail.example.org",
        ] {
            let said = Smtp::parse(wrong).map(|_| ()).unwrap_err();
            assert!(!said.contains("geheim"), "{said}");
        }
    }
}
