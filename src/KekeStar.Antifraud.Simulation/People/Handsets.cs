using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>
/// Makes phones whose every signal agrees with the others: type codes and MAC prefixes of the phone's own maker, cards of
/// one issuer, fields that the system really gives. An honest phone that contradicts itself would prove nothing.
/// </summary>
internal sealed class Handsets(Random random)
{
    private static readonly string[] AppVersions = ["8.2.0", "8.2.0", "8.2.0", "8.1.4", "8.1.4", "8.0.9"];

    private static readonly string[] NetworkCodes = ["00", "00", "02", "07", "01", "01", "11", "11"];

    private readonly DeviceNumbers _numbers = new(random);

    /// <summary>The software of its owner comes from here.</summary>
    internal SoftwareShelf Shelf { get; } = new();

    /// <summary>A phone that somebody has used for months.</summary>
    internal Handset Lived(PhoneModel? model = null)
    {
        var chosen = model ?? PhoneModels.Any(random);
        return Make(chosen, Shelf.Lived(chosen, random));
    }

    /// <summary>A phone out of its box.</summary>
    internal Handset Fresh(PhoneModel model) => Make(model, Shelf.Fresh(model, random), appVersion: AppVersions[0], build: model.Builds[0]);

    /// <summary>A phone with given software.</summary>
    /// <param name="model">The model.</param>
    /// <param name="software">Packages; not read where the system lists none.</param>
    /// <param name="appVersion">Version of the app; null: as they are met.</param>
    /// <param name="build">The system; null: as they are met.</param>
    internal Handset Make(PhoneModel model, IReadOnlyList<string> software, string? appVersion = null, SystemBuild? build = null)
    {
        var system = build ?? Build(model);
        var signals = new DeviceSignals
        {
            Platform = model.Platform,
            Brand = model.Brand,
            Model = model.Model,
            OsVersion = system.Version,
            OsBuild = system.Build,
            AppVersion = appVersion ?? AppVersions[random.Next(AppVersions.Length)],
            Guid = Uuid(),
        };
        if (model.IsApple)
        {
            signals.Idfv = Uuid();
            signals.Idfa = random.Next(3) == 0 ? Uuid() : "00000000-0000-0000-0000-000000000000";
            return new Handset(model, signals);
        }

        signals.AndroidId = Hex(16);
        signals.Oaid = random.Next(2) == 0 ? Hex(16) : Uuid();
        signals.Software.Add(software);
        if (model.TellsHardware)
        {
            var maker = TableContents.Makers[model.Maker];
            signals.Imei = _numbers.Imei(maker);
            signals.Imei2 = _numbers.Imei(maker);
            signals.Mac = _numbers.Mac(maker);
            signals.Serial = Hex(12);
        }

        for (var cards = random.Next(1, 3); cards > 0; cards--)
        {
            signals.Sims.Add(model.TellsHardware ? _numbers.Card(China) : new SimSignals { Mcc = "460", Mnc = NetworkCodes[random.Next(NetworkCodes.Length)] });
        }

        return new Handset(model, signals) { KeepsToken = random.Next(20) != 0 };
    }

    /// <summary>A phone after a reset to its factory state: the hardware's identifiers stay, those of the system and the app are new.</summary>
    /// <param name="handset">The phone before.</param>
    /// <param name="software">What is on it afterwards; null: what a phone out of its box has.</param>
    internal Handset Reset(Handset handset, IReadOnlyList<string>? software = null)
    {
        var signals = handset.Signals.Clone();
        signals.Guid = Uuid();
        if (handset.Model.IsApple)
        {
            signals.Idfv = Uuid();
            return new Handset(handset.Model, signals);
        }

        signals.AndroidId = Hex(16);
        signals.Oaid = Uuid();
        signals.Software.Clear();
        signals.Software.Add(software ?? Shelf.Fresh(handset.Model, random));
        return new Handset(handset.Model, signals);
    }

    internal string Hex(int digits) => string.Create(digits, random, static (text, random) =>
    {
        for (var index = 0; index < text.Length; index++)
        {
            text[index] = "0123456789abcdef"[random.Next(16)];
        }
    });

    // Version 4 of RFC 9562.
    internal string Uuid() => string.Create(CultureInfo.InvariantCulture, $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-{"89ab"[random.Next(4)]}{Hex(3)}-{Hex(12)}");

    private static ushort China { get; } = TableContents.Networks.First(network => network.Mcc == "460").Country;

    private SystemBuild Build(PhoneModel model)
    {
        var at = 0;
        while (at < model.Builds.Length - 1 && random.Next(2) == 0)
        {
            at++;
        }

        return model.Builds[at];
    }
}
