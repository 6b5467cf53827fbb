using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Attacks;

/// <summary>The image that all phones of a farm are set up from.</summary>
/// <param name="Model">What the phones are, or claim to be.</param>
/// <param name="Packages">The software of the image.</param>
internal sealed record SoftwareImage(PhoneModel Model, IReadOnlyList<string> Packages)
{
    private static readonly PhoneModel[] Models = [.. PhoneModels.All.Where(static model => model is { IsApple: false, TellsHardware: false })];

    /// <summary>A model that farms buy or claim to be: one that many people have.</summary>
    internal static PhoneModel AnyModel(Random random) => random.Next(3) == 0 ? PhoneModels.Popular : Models[random.Next(Models.Length)];

    /// <summary>Makes an image: the maker's software, some apps of the long tail, and tools.</summary>
    internal static SoftwareImage Made(World world, PhoneModel model, int apps, IReadOnlyList<string> tools) => new(
        model, [.. SoftwareShelf.System(model), .. Enumerable.Range(0, apps).Select(_ => world.Handsets.Shelf.FromTail(world.Random)), .. tools]);

    /// <summary>Sets a phone up.</summary>
    /// <param name="world">Where.</param>
    /// <param name="less">Packages of the image that are gone: fewer than this.</param>
    /// <param name="more">Packages that are added: fewer than this.</param>
    internal Handset Phone(World world, int less, int more)
    {
        List<string> software = [.. Packages];
        for (var gone = world.Random.Next(less); gone > 0; gone--)
        {
            software.RemoveAt(world.Random.Next(software.Count));
        }

        for (var added = world.Random.Next(more); added > 0; added--)
        {
            software.Add(world.Handsets.Shelf.FromTail(world.Random));
        }

        return world.Handsets.Make(Model, software, "8.2.0", Model.Builds[0]);
    }
}
