using KekeStar.Antifraud.Cli;
using KekeStar.Antifraud.Dashboard.Hosting;

return await CommandTree.RunAsync(Terminal.OfProcess(), DashboardHost.BuildAsync, args);
