/// A stored value that fxwatch does not write: the file is damaged or was changed by another program.
struct UnreadableValue: Error {}
