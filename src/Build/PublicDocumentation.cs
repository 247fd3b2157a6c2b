using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Microsoft.Build.Utilities;
using Mono.Cecil;

/// <summary>Removes the documentation of types that no user can name from the file that the package carries.</summary>
public sealed class PublicDocumentation : Task
{
    /// <summary>The path of the assembly.</summary>
    public string Assembly { get; set; } = "";

    /// <summary>The path of its documentation, which is rewritten.</summary>
    public string Documentation { get; set; } = "";

    public override bool Execute()
    {
        using var module = ModuleDefinition.ReadModule(Assembly);
        var visible = new HashSet<string>(module.GetTypes().Where(IsVisible).Select(NameOf));
        var document = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
        XElement[] members = document.Descendants("member").ToArray();
        foreach (XElement member in members.Where(m => !visible.Contains(TypeOf((string)m.Attribute("name")))))
        {
            if (member.PreviousNode is XText space) space.Remove();
            member.Remove();
        }

        document.Save(Documentation, SaveOptions.DisableFormatting);
        return true;
    }

    private static bool IsVisible(TypeDefinition type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType));

    private static string NameOf(TypeDefinition type) => type.FullName.Replace('/', '.');

    // "M:Space.Type.Member(Argument)" is about "Space.Type".
    private static string TypeOf(string member)
    {
        string name = member.Substring(2).Split('(')[0];
        return member[0] == 'T' ? name : name.Substring(0, name.LastIndexOf('.'));
    }
}
