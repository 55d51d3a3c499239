import { Injectable, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PATIENT_ACCESS } from './patient-access.guard.js';

type Handler = (...parameters: never[]) => unknown;

/** Refuses to start with a route that reaches a patient without saying what for. */
@Injectable()
export class PatientRoutesCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (typeof metatype !== 'function' || !instance) return [];
      const prototype: Record<string, Handler> = Object.getPrototypeOf(instance);
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, handler: prototype[name] }))
        .filter(({ handler }) => handler && this.isOpen(metatype, handler))
        .map(({ name }) => `${metatype.name}.${name}`);
    });
    if (open.length > 0) throw new Error(`These routes reach a patient without @PatientAccess: ${open.join(', ')}`);
  }

  private isOpen(controller: object, handler: Handler): boolean {
    if (!Reflect.hasMetadata(METHOD_METADATA, handler)) return false;
    const path = [pathOf(controller), pathOf(handler)].join('/');
    const reachesPatient = path.includes(':patientId') || /(^|\/)patients\/:/.test(path);
    const need = Reflect.getMetadata(PATIENT_ACCESS, handler) ?? Reflect.getMetadata(PATIENT_ACCESS, controller);
    return reachesPatient && (!need || !path.includes(':patientId'));
  }
}

const pathOf = (target: object): string => [Reflect.getMetadata(PATH_METADATA, target) ?? ''].flat().join(' ');
