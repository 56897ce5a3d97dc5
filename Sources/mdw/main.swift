import Commands
import Glibc

exit(await Mdw.start(Array(CommandLine.arguments.dropFirst())))
