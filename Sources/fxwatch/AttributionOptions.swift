import ArgumentParser

/// The options `--author` and `--reason` of silences and acknowledgements.
struct AttributionOptions: ParsableArguments {
  @Option(name: .long, help: "Author. Default: who called sudo, else the current user.")
  var author: String?

  @Option(name: .long, help: "Reason; required with --match.")
  var reason: String?
}
