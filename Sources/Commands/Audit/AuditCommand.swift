import ArgumentParser

/// `mdw audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit log: what was done, by whom, in an order that nobody can change unseen.",
        discussion: "Example: mdw audit list --key reporting --since 7d",
        subcommands: [
            AuditList.self, AuditTail.self, AuditVerify.self, AuditAnchorCommand.self, AuditExport.self,
            AuditPrune.self,
        ]
    )
}
