using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

/// <summary>What docs/sealed-identifiers.md says of the bytes holds for the library, for the service, and for other languages.</summary>
public sealed class SealedDocumentTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly byte[] Key = SealedDocument.Bytes("key");
    private static readonly uint KeyId = uint.Parse(SealedDocument.Line("key id"), CultureInfo.InvariantCulture);
    private static readonly byte[] EventId = Encoding.UTF8.GetBytes(SealedDocument.Line("event id"));
    private static readonly byte[] Plaintext = SealedDocument.Bytes("plaintext");
    private static readonly byte[] Result = SealedDocument.Bytes("result");

    [Fact]
    public void The_library_makes_the_result()
    {
        using var sealer = new IdentifierSealer(KeyId, Key, BinaryPrimitives.ReadUInt128BigEndian(SealedDocument.Bytes("sender salt")));
        Assert.Equal(Convert.ToHexString(Result), Convert.ToHexString(sealer.Seal(Plaintext, EventId, SealedDocument.Bytes("nonce"))));
    }

    [Fact]
    public void The_service_opens_the_result() => AssertOpens(Result);

    [Fact]
    public void The_result_follows_from_the_text_alone()
    {
        var salt = SealedDocument.Bytes("sender salt");
        var nonce = SealedDocument.Bytes("nonce");
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, salt, "kekestar-antifraud/v1/sealed-identifiers"u8.ToArray());
        Assert.Equal(SealedDocument.Line("AES key"), Convert.ToHexStringLower(derived));
        byte[] header = [1, 0, 0, 0, (byte)KeyId, .. salt, .. nonce];
        var ciphertext = new byte[Plaintext.Length];
        var tag = new byte[16];
        using var cipher = new AesGcm(derived, 16);
        byte[] associated = [.. header, .. EventId];
        cipher.Encrypt(nonce, Plaintext, ciphertext, tag, associated);
        byte[] expected = [.. header, .. ciphertext, .. tag];
        Assert.Equal(expected, Result);
    }

    [Fact]
    public void The_plaintext_is_the_message_of_the_named_fields() => Assert.Equal(
        Plaintext,
        new SealedSignals
        {
            AccountId = SealedDocument.Line("account_id"),
            ClientIp = SealedDocument.Line("client_ip"),
            Device = new DeviceSignals { Imei = SealedDocument.Line("imei"), AndroidId = SealedDocument.Line("android_id") },
        }.ToByteArray());

    /// <summary>Only where Debian's python3-cryptography is installed, as the test command sees to.</summary>
    [Fact]
    public async Task What_the_example_in_Python_seals_is_opened()
    {
        Assert.Contains("class Sealer", SealedDocument.Python, StringComparison.Ordinal);
        if (!File.Exists(Python) || (await RunAsync("import cryptography")).ExitCode != 0)
        {
            return;
        }

        var (exitCode, output) = await RunAsync(
            $"""
            {SealedDocument.Python}
            sealer = Sealer({KeyId}, bytes.fromhex("{Convert.ToHexString(Key)}"))
            for _ in range(2):
                print(sealer.seal(bytes.fromhex("{Convert.ToHexString(Plaintext)}"), "{Encoding.UTF8.GetString(EventId)}").hex())
            """);
        Assert.Equal(0, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Distinct(StringComparer.Ordinal).Count());
        Assert.All(lines, line => AssertOpens(Convert.FromHexString(line)));
    }

    private static void AssertOpens(byte[] bytes)
    {
        var opened = new byte[SealedIdentifiers.PlaintextLength(bytes)];
        Assert.Equal(RequestError.None, new SealedIdentifiers(SealingUnderTest.Keys((KeyId, Key))).Open(bytes, EventId, opened));
        Assert.Equal(Plaintext, opened);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program)
    {
        var start = new ProcessStartInfo(Python, ["-c", program]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience.Limit);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output);
    }
}
