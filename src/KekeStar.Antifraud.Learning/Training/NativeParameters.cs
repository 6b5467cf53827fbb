using System.Reflection;
using KekeStar.Antifraud.Scoring.Model;
using Microsoft.ML.Trainers.LightGbm;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>
/// Gives LightGBM parameters for which ML.NET has no option. The trainer keeps a table of the parameters that it hands to the native library; it is not
/// public (ML.NET 5.0: the field <c>GbmOptions</c> of LightGbmTrainerBase), so it is found by reflection, and a build of ML.NET without it is
/// an error and not a model without constraints.
/// </summary>
/// <remarks>Parameters: https://lightgbm.readthedocs.io/en/latest/Parameters.html, monotone_constraints.</remarks>
internal static class NativeParameters
{
    private const string FieldName = "GbmOptions";

    /// <summary>Constrains a trainer: each input speaks only the way it may, and the same data gives the same trees.</summary>
    /// <param name="trainer">The trainer, before it is used.</param>
    /// <param name="numbers">The inputs.</param>
    /// <exception cref="InvalidOperationException">This version of ML.NET keeps its parameters elsewhere.</exception>
    public static void Constrain(LightGbmBinaryTrainer trainer, IReadOnlyList<int> numbers)
    {
        var parameters = Find(trainer);
        parameters["monotone_constraints"] = string.Join(',', numbers.Select(static number => ModelInputs.Of(number) switch
        {
            InputDirection.Raises => "1",
            InputDirection.Lowers => "-1",
            _ => "0",
        }));

        // Constrains less than "basic", which keeps a whole subtree below the middle of its parent's split.
        parameters["monotone_constraints_method"] = "intermediate";
        parameters["deterministic"] = "true";
        parameters["force_row_wise"] = "true";
        parameters["force_col_wise"] = "false";
    }

    private static Dictionary<string, object> Find(LightGbmBinaryTrainer trainer)
    {
        for (var type = trainer.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(FieldName, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)?.GetValue(trainer) is Dictionary<string, object> found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"ML.NET's LightGBM trainer has no {FieldName}; the monotone constraints have no other way in.");
    }
}
