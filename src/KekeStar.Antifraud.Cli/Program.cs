using KekeStar.Antifraud.Cli;

return await CommandTree.RunAsync(Terminal.OfProcess(), _ => throw new NotSupportedException(), args);
