using System.Globalization;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>Reads the inputs of a model file.</summary>
internal static class InputReader
{
    /// <summary>Reads all inputs; those with errors are left out.</summary>
    public static IReadOnlyList<ModelInput> Read(PolicyNode root)
    {
        var inputs = new List<ModelInput>();
        foreach (var node in root.Objects("inputs", 1, ModelLimits.MaxInputs))
        {
            node.AllowOnly("name", "edges", "shares");
            var number = ReadNumber(node, inputs);
            var (edges, shares) = ReadBins(node);
            inputs.Add(new ModelInput(number, edges, shares));
        }

        return inputs;
    }

    // A wrong input stays as a scene, so that trees can still be read and their errors told.
    private static int ReadNumber(PolicyNode node, List<ModelInput> inputs)
    {
        const string Allowed = "a feature of the catalogue that a model may use, or a scene such as scene.login, each once (docs/model.md)";
        var name = node.Text("name", PolicyLimits.MaxNameLength);
        if (name is null)
        {
            return ModelInputs.Count - 1;
        }

        if (ModelInputs.Find(name) is not { } number)
        {
            node.Report("name", $"\"{name}\", which this build does not know", Allowed);
            return ModelInputs.Count - 1;
        }

        if (ModelInputs.Of(number) == InputDirection.None)
        {
            node.Report("name", $"\"{name}\", whose value depends on what was refused", Allowed);
        }
        else if (inputs.Exists(input => input.Number == number))
        {
            node.Report("name", $"\"{name}\" once more", Allowed);
        }

        return number;
    }

    private static (float[] Edges, double[] Shares) ReadBins(PolicyNode node)
    {
        if (!node.Has("edges") && !node.Has("shares"))
        {
            return ([], []);
        }

        var edges = node.Numbers("edges", 1, ModelLimits.MaxEdges, float.MinValue, float.MaxValue);
        var shares = node.Numbers("shares", (edges?.Length ?? 1) + 1, (edges?.Length ?? ModelLimits.MaxEdges) + 1, 0, 1);
        if (edges is null || shares is null)
        {
            return ([], []);
        }

        for (var i = 1; i < edges.Length; i++)
        {
            if (!(edges[i] > edges[i - 1]))
            {
                node.Report("edges", string.Create(CultureInfo.InvariantCulture, $"{edges[i]} behind {edges[i - 1]}"), "ascending numbers, no two equal");
                return ([], []);
            }
        }

        if (Math.Abs(shares.Sum() - 1) > 1e-6)
        {
            node.Report("shares", string.Create(CultureInfo.InvariantCulture, $"a sum of {shares.Sum()}"), "numbers whose sum is 1 within 0.000001");
        }

        return (Array.ConvertAll(edges, static edge => (float)edge), shares);
    }
}
