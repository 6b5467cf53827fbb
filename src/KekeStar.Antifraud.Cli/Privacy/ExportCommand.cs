using System.CommandLine;
using Grpc.Core;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary><c>antifraud privacy export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var output = new Option<string?>("--output")
        {
            Description = "File to make, readable by its owner alone; it must not exist. Default: the standard output, and the receipt goes to the errors.",
        };
        var command = new Command("export", "Give all that is held about an account as one JSON document.") { output };
        var options = new RightsOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(output);
            try
            {
                using var document = path is null ? ExportedDocument.ToOutput(terminal.Output) : ExportedDocument.ToFile(path);
                var exitCode = await options.CallAsync(terminal, parsed, async (service, account) =>
                {
                    var request = new ExportAccountRequest { AccountId = account, Purpose = options.Purpose(parsed) };
                    var receipt = await ReadAsync(service, request, document, cancellation);
                    ReceiptView.Write(
                        path is null ? terminal.Error : terminal.Output,
                        options.IsJson(parsed),
                        receipt,
                        path is null ? "Exported." : $"Exported to {path}.",
                        receipt.ReceiptId,
                        receipt.ReceiptHash);
                });
                return exitCode;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }
        });
        return command;
    }

    // The first piece, without its share of the document, is the receipt.
    private static async Task<ExportAccountChunk> ReadAsync(
        ServiceConnection service, ExportAccountRequest request, ExportedDocument document, CancellationToken cancellation)
    {
        using var call = service.Privacy.ExportAccount(request, service.Call(cancellation));
        var receipt = new ExportAccountChunk();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellation))
        {
            document.Write(chunk.Document.Span);
            if (chunk.ReceiptId.Length > 0)
            {
                receipt = new ExportAccountChunk { ReceiptId = chunk.ReceiptId, ReceiptHash = chunk.ReceiptHash };
            }
        }

        document.Complete();
        return receipt;
    }
}
