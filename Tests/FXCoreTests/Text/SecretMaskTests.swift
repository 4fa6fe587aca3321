import FXCore
import Testing

@Suite("A secret in a config")
struct SecretMaskTests {
  @Test(
    "is masked in messages",
    arguments: [
      ("'http://u:pl4nted@h.example/a' is", "'http://u:[secret]@h.example/a' is"),
      ("https://u:p/l?a#n@t@h.example:1/x", "https://u:[secret]@h.example:1/x"),
      ("https://ghp_pl4nted@h.example/x", "https://[secret]@h.example/x"),
      ("smtp://me:pl4nted@h and 'ftp://a:b@c'", "smtp://me:[secret]@h and 'ftp://a:[secret]@c'"),
      ("'me:pl4nted@mail.example:587' is", "'me:[secret]@mail.example:587' is"),
      ("'https://me:pl4nted…'", "'https://me:[secret]…'"), ("'a:b@c'", "'a:[secret]@c'"),
      ("https://h.example/?a=1&api_key=pl4nted&b=2", "https://h.example/?a=1&api_key=[secret]&b=2"),
      ("https://h.example/?TOKEN=pl4nted#c", "https://h.example/?TOKEN=[secret]#c"),
      ("https://h.example/?app_id={key}", "https://h.example/?app_id={key}"),
      ("found 'whsec_MfKQ9r8GKYqrTwjU'", "found '[secret]'"), ("'whsec_abcd'", "'[secret]'"),
      ("'whsec_MfKQ9r8GKYqrTwjUPD8I…'", "'[secret]…'"),
      ("'Bearer pl4ntedpl4nted'", "'Bearer [secret]'"), ("Basic bWU6cGw0bnQ=", "Basic [secret]"),
      ("'xoxb-2345678-pl4nted'", "'[secret]'"), ("'ghp_16C7e42F292c69'", "'[secret]'"),
      ("'123456789:AAF-pl4ntedpl4ntedpl4nted'", "'[secret]'"),
      ("'4f1c9d0a7be24b6f8e35d1c2a9b0f7e6'", "'[secret]'"),
      ("/services/T0123/B0123/q9X2mW7rT4kL8vB3nZ6cD1sF", "/services/T0123/B0123/[secret]"),
    ])
  func masked(text: String, shown: String) {
    #expect(SecretMask.masked(text) == shown)
    #expect(!SecretMask.masked(text).contains("pl4nted"))
  }

  @Test(
    "is not seen in names, addresses and words",
    arguments: [
      "ops-webhook-2026-production-eu1", "/etc/fxwatch/secrets/openexchangerates.key",
      "https://www.cbr.ru/scripts/XML_daily.asp?date_req={day:dd/mm/yyyy}",
      "http://127.0.0.1:8080/rates@home", "https://[::1]:8080/a?mail=a@b.example",
      "unknown key 'AllCentralBanksOfCentralAsia2026'", "expected one of sk-prices, tk_names",
      "abs(change) > 1%", "'2026-02-20T09:15:02.113Z' is not a day", "a bearer of news", "",
      "rates.KGS/USD=0.01144", "basic rules", "basic information", "'a'", "a=1", "ops@example.org",
      "at 10:30 by ops@example.org",
    ])
  func kept(text: String) {
    #expect(SecretMask.masked(text) == text)
    #expect(!SecretMask.isSecret(text))
  }

  @Test("is masked in every problem and in the name of a reference")
  func problems() {
    let mark = SettingsMark(file: "f.yaml", line: 1, column: 1)
    let problem = SettingsProblem(
      mark: mark, path: "sources.whsec_pl4nted", message: "unknown key 'whsec_pl4nted'")
    #expect(problem.description == "f.yaml:1:1: sources.[secret]: unknown key '[secret]'")
    #expect(SecretReference.credential("whsec_pl4nted").description == "credential '[secret]'")
    #expect(SecretReference.file("/etc/whsec_pl4nted").description == "secret file '/etc/[secret]'")
  }
}
