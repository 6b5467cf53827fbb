using KekeStar.Antifraud.Cli;
using KekeStar.Antifraud.Service.Hosting;

return await CommandTree.RunAsync(Terminal.OfProcess(), AntifraudHost.BuildAsync, args);
