using System.CommandLine;
using KekeStar.Antifraud.Load.Archiving;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Growth;
using KekeStar.Antifraud.Load.SortedSets;

var root = new RootCommand("Load on KekeStar.Antifraud, and on a bare gRPC echo to compare with.")
{
    EchoServerCommand.Create(),
    RunCommand.Create(),
    TableCommand.Create(),
    PrivacyHostCommand.Create(),
    PrivacyCostCommand.Create(),
    SortedSetHostCommand.Create(),
    GrowthCommand.Create(),
    MemoryCommand.Create(),
    ShardsCommand.Create(),
    ArchiveCommand.Create(),
    ArchiveQueriesCommand.Create(),
    ArchiveCostCommand.Create(),
};
root.Subcommands.Add(PublishCommand.Create(root));
return await root.Parse(args).InvokeAsync();
