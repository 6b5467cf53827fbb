using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using KekeStar.Antifraud.Load.Measuring;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"run": load on a server that is already there.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Puts load on a running server and prints what it measured, as a table (standard error) and as JSON (standard output). Exit code 1: there were errors.");
        var target = new Option<IPEndPoint>("--target") { Description = "http://ADDRESS:PORT, h2c.", Required = true, CustomParser = ParseTarget };
        var method = new Option<LoadMethod>("--method") { Description = "What to call.", DefaultValueFactory = static _ => LoadMethod.Score };
        var processes = new Option<int[]>("--server-pid") { Description = "Process whose CPU time is reported as the server's. Can be given again: they are added up.", DefaultValueFactory = static _ => [] };
        Array.ForEach<Option>([target, method, processes], command.Options.Add);
        var arguments = new LoadArguments(command, warmupSeconds: 2);
        command.SetAction((parsed, cancellation) =>
        {
            LoadOptions options = arguments.Options(parsed, parsed.GetRequiredValue(target), parsed.GetValue(method), parsed.GetRequiredValue(processes));
            using var allocations = new AllocationProbe(options.Target);
            options = options with { Allocations = allocations };
            LoadResult result = LoadProgress.Show(options, options.Method.ToString(), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), cancellation);
            LoadProgress.Console.Write(LoadTable.Of([("target", result)]));
            Console.Out.WriteLine(JsonSerializer.Serialize(result, LoadJson.Options));
            return Task.FromResult(result.ErrorCount == 0 ? 0 : 1);
        });
        return command;
    }

    private static IPEndPoint? ParseTarget(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(uri.Host, out IPAddress? address))
        {
            return new IPEndPoint(address, uri.Port);
        }

        result.AddError("--target: give http://ADDRESS:PORT with an IP address, such as http://127.0.0.1:5000.");
        return null;
    }
}
