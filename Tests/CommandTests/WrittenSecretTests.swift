import Support
import Testing

@Suite("A secret written into the config by mistake", .timeLimit(.minutes(5)))
struct WrittenSecretTests {
  @Test(
    "is masked by check and run", arguments: ["check", "run"],
    [
      ("bank: {preset: ecb, url: \"http://u:SECRET@h.example/\"}", "hook: {type: stdout}"),
      ("bank: {preset: ecb, url: \"ftp://h.example/?api_key=SECRET\"}", "hook: {type: stdout}"),
      ("bank: {preset: ecb}", "hook: {type: webhook, url: \"http://u:SECRET@h.example/\"}"),
      ("bank: {preset: ecb}", "hook: {type: webhook, url: \"http://h/\", secret: SECRET}"),
      (
        "bank: {preset: ecb}",
        "hook: {type: webhook, url: \"http://h/\", secret: {credential: SECRET}}"
      ),
      ("bank: {preset: ecb}", "hook: {type: webhook, url: \"http://h/\", secret: {file: SECRET}}"),
      ("bank: {preset: openexchangerates, key: {credential: SECRET}}", "hook: {type: stdout}"),
      ("bank: {preset: openexchangerates, key: {fiel: SECRET}}", "hook: {type: stdout}"),
      ("bank: {preset: ecb, every: SECRET}", "hook: {type: stdout}"),
      ("bank: {preset: ecb, SECRET: 1}", "hook: {type: stdout}"),
      ("bank: {preset: SECRET}", "hook: {type: stdout}"),
      ("bank: {preset: ecb}", "hook: {type: SECRET}"),
      ("bank: {preset: ecb}", "SECRET: {type: file, path: SECRET}"),
      ("bank: {preset: ecb, SECRET: 1, SECRET: 2}", "hook: {type: stdout}"),
      ("bank: !SECRET {preset: ecb}", "hook: {type: stdout}"),
      ("bank: {preset: ecb}: SECRET: x", "hook: {type: stdout}"),
    ])
  func masked(command: String, entries: (source: String, notifier: String)) async throws {
    for secret in ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "q9X2mW7rT4kL8vB3nZ6cD1sF"] {
      let installation = try Installation()
      try installation.configure(
        "sources:\n  \(entries.source)\nnotifiers:\n  \(entries.notifier)\n"
          .replacing("SECRET", with: secret))
      let ending = try await installation.command(command)
      #expect(ending.status == 78)
      #expect(!ending.errors.isEmpty)
      #expect(!(ending.output + ending.errors).contains(secret.dropFirst(6).prefix(8)))
    }
  }
}
