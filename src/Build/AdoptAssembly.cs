using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;
using Mono.Cecil.Cil;

/// <summary>
/// Writes an assembly under another name, without the code that needs further packages: the code that goes online or
/// asks another process. We never call that code. A member whose type is in such a package becomes an object, and a
/// method that uses one throws. Its types become internal, so that no user meets them.
/// </summary>
public sealed class AdoptAssembly : Task
{
    // No assembly of the framework has such a name.
    private static readonly string[] s_packages = { "Azure.", "Microsoft.Diagnostics.NETCore.", "Microsoft.Security." };

    private static readonly WriterParameters s_deterministic = new WriterParameters { DeterministicMvid = true, Timestamp = 0 };

    /// <summary>The path of the assembly.</summary>
    public string Source { get; set; } = "";

    /// <summary>The path of the new one. Its file name is its name.</summary>
    public string Target { get; set; } = "";

    /// <summary>The version of the framework that it will run on. References to the framework have no later version.</summary>
    public string FrameworkVersion { get; set; } = "";

    /// <summary>The assemblies that may use the types.</summary>
    public string[] Friends { get; set; } = Array.Empty<string>();

    public override bool Execute()
    {
        using var module = ModuleDefinition.ReadModule(Source);
        Rename(module);
        Hide(module);
        LowerVersions(module, new Version(FrameworkVersion + ".0.0"));
        foreach (TypeDefinition type in module.GetTypes()) Cut(type);
        if (!NeedsNoPackage(module)) return false;
        foreach (AssemblyNameReference package in module.AssemblyReferences.Where(IsPackage).ToList())
            module.AssemblyReferences.Remove(package);
        module.Write(Target, s_deterministic);
        return true;
    }

    private void Rename(ModuleDefinition module)
    {
        AssemblyNameDefinition name = module.Assembly.Name;
        name.Name = Path.GetFileNameWithoutExtension(Target);
        name.PublicKey = Array.Empty<byte>();
        name.HasPublicKey = false;
        module.Name = Path.GetFileName(Target);
        module.Attributes &= ~ModuleAttributes.StrongNameSigned;
    }

    private void Hide(ModuleDefinition module)
    {
        foreach (TypeDefinition type in module.Types.Where(t => t.IsPublic)) type.IsNotPublic = true;
        // A friend would see two types of one name: those for analyzers, which an older framework does not have.
        foreach (TypeDefinition type in module.Types.Where(t => t.Namespace == "System.Diagnostics.CodeAnalysis"))
            type.Namespace = module.Assembly.Name.Name;
        CustomAttribute former = module.Assembly.CustomAttributes.First(a => a.AttributeType.Name == "InternalsVisibleToAttribute");
        module.Assembly.CustomAttributes.Remove(former);
        foreach (string friend in Friends)
        {
            var attribute = new CustomAttribute(former.Constructor);
            attribute.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.String, friend));
            module.Assembly.CustomAttributes.Add(attribute);
        }
    }

    private static void LowerVersions(ModuleDefinition module, Version most)
    {
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
        {
            if (reference.Name.StartsWith("System.", StringComparison.Ordinal) && reference.Version > most) reference.Version = most;
        }
    }

    private static void Cut(TypeDefinition type)
    {
        TypeReference anything = type.Module.TypeSystem.Object;
        foreach (FieldDefinition field in type.Fields.Where(f => IsForeign(f.FieldType))) field.FieldType = anything;
        foreach (PropertyDefinition property in type.Properties.Where(p => IsForeign(p.PropertyType))) property.PropertyType = anything;
        foreach (MethodDefinition method in type.Methods)
        {
            if (IsForeign(method.ReturnType)) method.ReturnType = anything;
            foreach (ParameterDefinition parameter in method.Parameters.Where(p => IsForeign(p.ParameterType)))
                parameter.ParameterType = anything;
            if (method.HasBody && UsesForeign(method.Body)) Throw(method);
        }
    }

    private static bool UsesForeign(MethodBody body) =>
        body.Variables.Any(v => IsForeign(v.VariableType))
        || body.Instructions.Any(i => i.Operand is MemberReference member && IsForeign(member));

    private static bool IsForeign(MemberReference member)
    {
        if (member is TypeReference type)
        {
            if (type is GenericInstanceType generic && generic.GenericArguments.Any(IsForeign)) return true;
            return type.GetElementType().Scope is AssemblyNameReference scope && IsPackage(scope);
        }

        if (member is GenericInstanceMethod call && call.GenericArguments.Any(IsForeign)) return true;
        if (member is MethodReference method
            && (IsForeign(method.ReturnType) || method.Parameters.Any(p => IsForeign(p.ParameterType)))) return true;
        if (member is FieldReference field && IsForeign(field.FieldType)) return true;
        return member.DeclaringType != null && IsForeign(member.DeclaringType);
    }

    private static bool IsPackage(AssemblyNameReference reference) =>
        s_packages.Any(p => reference.Name.StartsWith(p, StringComparison.Ordinal));

    private static void Throw(MethodDefinition method)
    {
        method.Body = new MethodBody(method);
        ILProcessor code = method.Body.GetILProcessor();
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Throw);
    }

    // Only a written module lists the types that it still refers to.
    private bool NeedsNoPackage(ModuleDefinition module)
    {
        using var bytes = new MemoryStream();
        module.Write(bytes, s_deterministic);
        bytes.Position = 0;
        using var written = ModuleDefinition.ReadModule(bytes);
        foreach (TypeReference type in written.GetTypeReferences().Where(t => t.Scope is AssemblyNameReference scope && IsPackage(scope)))
            Log.LogError("{0} still uses {1} of {2}. Cut the code that does.", Path.GetFileName(Target), type.FullName, type.Scope.Name);
        return !Log.HasLoggedErrors;
    }
}
