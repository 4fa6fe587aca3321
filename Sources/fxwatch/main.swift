print("fxwatch")
