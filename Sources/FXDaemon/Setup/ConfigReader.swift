import FXConfig
import FXNotifiers

/// The config file of a process, with the environment it is read in.
struct ConfigReader: Sendable {
  let file: String
  let environment: [String: String]

  /// The things that notifiers are built with.
  private let context: NotifierContext

  /// A reader for the transfers of a network.
  init(file: String, environment: [String: String], network: Network) {
    self.file = file
    self.environment = environment
    context = LocalOutputs().context(
      environment: environment, file: file, transport: network.transport)
  }

  /// Reads the file; throws all its problems at once.
  func read() throws(ConfigProblems) -> Setup {
    var setup = try Setup.read(
      file: file, in: .init(environment: environment, notifiers: context))
    setup.outputs = SharedOutputs(of: setup.notifiers, environment: environment)
    return setup
  }
}
